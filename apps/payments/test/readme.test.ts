import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { describeSettings } from '@quayside/config';
import { settings } from '../src/config';

test("the README's table of settings is what the code reads", async () => {
  const readme = await readFile(join(import.meta.dirname, '../README.md'), 'utf8');
  const rows = readme.split('\n').flatMap((line) => {
    const [, name, byDefault, meaning] =
      /^\| `([A-Z_]+)` +\| (.*?) +\| (.*?) +\|$/.exec(line) ?? [];
    return name ? [{ name, default: byDefault, meaning }] : [];
  });
  assert.deepEqual(rows, describeSettings(settings));
});
