import assert from 'node:assert/strict';
import { test } from 'node:test';
import { preferredWait } from './prefer';

const cases: [string | undefined, number | undefined][] = [
  [undefined, undefined],
  ['', undefined],
  ['wait=5', 5],
  ['wait=0', 0],
  ['Wait = 5', 5],
  ['wait="7"', 7],
  ['respond-async, wait=3', 3],
  ['wait=3, wait=9', 3],
  ['wait=4; foo=bar', 4],
  ['wait=60', 10],
  ['wait=-1', undefined],
  ['wait=1.5', undefined],
  ['wait=soon', undefined],
  ['wait', undefined],
  ['await=5', undefined],
];

for (const [header, seconds] of cases) {
  test(`Prefer: ${header ?? '(absent)'} waits ${seconds ?? 'not at all'}`, () => {
    assert.equal(preferredWait(header), seconds);
  });
}
