// Every documented operation is called, and every answer, success or problem, is held against openapi.yaml.
import '@quayside/telemetry/start';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import './contract/identity';
import './contract/money';
import './contract/operators';
import './contract/refusals';
import { contract } from './contract/session';

test('every answer that openapi.yaml names has been seen by now', () => {
  const unseen = contract.documentedAnswers().filter((answer) => !contract.seen.has(answer));
  assert.deepEqual(unseen, []);
});
