import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { describeSettings } from '@quayside/config';
import { settingsTable } from '@quayside/testing';
import { settings } from '../src/config';

test("the README's table of settings is what the code reads", () => {
  const table = settingsTable(join(import.meta.dirname, '../README.md'));
  assert.deepEqual(table, describeSettings(settings));
});
