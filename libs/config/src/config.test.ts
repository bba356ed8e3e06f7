import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import type { z } from 'zod';
import { ConfigError, describeSettings, readSettings, setting } from './index';

const shape = {
  PORT: setting.port('Where it listens.').default(8080),
  BROKERS: setting.list('Kafka.'),
  PASSWORD: setting.secret('Opens the door.', 8),
  DATABASE_URL: setting.url('Its database.').optional(),
  VERBOSE: setting.flag('Says more.').default(false),
};
const good = { BROKERS: 'a:1, b:2', PASSWORD: 'long enough' };

function problemsOf(env: Record<string, string>): string {
  try {
    readSettings(shape, env);
  } catch (error) {
    assert.ok(error instanceof ConfigError);
    return error.message;
  }
  return '';
}

test('values are parsed, defaults filled in', () => {
  assert.deepEqual(readSettings(shape, { ...good, PORT: '0', VERBOSE: 'true' }), {
    PORT: 0,
    BROKERS: ['a:1', 'b:2'],
    PASSWORD: 'long enough',
    DATABASE_URL: undefined,
    VERBOSE: true,
  });
  assert.equal(readSettings(shape, good).PORT, 8080);
});

test('every problem is named at once, and no secret is shown', () => {
  const message = problemsOf({ PORT: '70000', PASSWORD: 'hunter2', DATABASE_URL: 'pw@nowhere' });
  assert.match(message, /PORT is "70000"/);
  assert.match(message, /BROKERS is not set\. Set BROKERS or BROKERS_FILE/);
  assert.match(message, /PASSWORD is \(not shown\): must have at least 8 characters/);
  assert.match(message, /DATABASE_URL is \(not shown\)/);
  assert.doesNotMatch(message, /hunter2|pw@nowhere/);
});

test('an empty variable counts as not set', () => {
  assert.match(problemsOf({ ...good, PASSWORD: '' }), /PASSWORD is not set/);
  assert.equal(readSettings(shape, { ...good, PORT: '' }).PORT, 8080);
});

test('X_FILE names a file that holds the value', () => {
  const folder = mkdtempSync(join(tmpdir(), 'quayside-config-'));
  try {
    const file = join(folder, 'password');
    writeFileSync(file, 'from the file\n');
    const { BROKERS } = good;
    assert.equal(readSettings(shape, { BROKERS, PASSWORD_FILE: file }).PASSWORD, 'from the file');
    assert.match(problemsOf({ ...good, PASSWORD_FILE: file }), /both set/);
    assert.match(problemsOf({ BROKERS, PASSWORD_FILE: join(folder, 'no') }), /cannot be read/);
    // What is mounted is taken for a secret, whatever the setting is.
    const wrong = problemsOf({ ...good, PORT_FILE: file });
    assert.match(wrong, /PORT is \(not shown\): must be a whole number/);
    assert.doesNotMatch(wrong, /from the file/);
    writeFileSync(file, '\n');
    assert.match(problemsOf({ BROKERS, PASSWORD_FILE: file }), /PASSWORD_FILE .* is empty/);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('the description is what a README shows', () => {
  assert.deepEqual(describeSettings(shape).slice(0, 4), [
    { name: 'PORT', default: '8080', meaning: 'Where it listens.' },
    { name: 'BROKERS', default: 'required', meaning: 'Kafka.' },
    { name: 'PASSWORD', default: 'required', meaning: 'Opens the door.' },
    { name: 'DATABASE_URL', default: 'none', meaning: 'Its database.' },
  ]);
});

test('a secret stays one under whatever is put on top of it', () => {
  const hidden = {
    PLAIN: setting.secret('A.'),
    CHECKED: setting.secret('B.').regex(/^x/, 'must start with x'),
    CHANGED: setting.url('C.').transform((text) => new URL(text)),
    DEFAULTED: setting.secret('D.', 8).default('hunter2-default'),
  };
  const env = { PLAIN: '', CHECKED: 'hunter2', CHANGED: 'hunter2', DEFAULTED: 'hunter' };
  assert.throws(
    () => readSettings(hidden, env),
    (error: ConfigError) => {
      assert.equal(error.problems.length, 4);
      assert.doesNotMatch(`${error.message} ${JSON.stringify(error)}`, /hunter/);
      return true;
    },
  );
  assert.doesNotMatch(JSON.stringify(describeSettings(hidden)), /hunter/);
  assert.deepEqual(
    describeSettings(hidden).map(({ meaning }) => meaning),
    ['A.', 'B.', 'C.', 'D.'],
  );
});

test('each builder refuses what it is not, and says what it wants', () => {
  const refused = (type: z.ZodType, value: string, reason: RegExp) => {
    assert.throws(() => readSettings({ X: type }, { X: value }), { message: reason });
  };
  refused(setting.port('p'), '-1', /must be a whole number/);
  refused(setting.port('p'), '65536', /65535/);
  refused(setting.milliseconds('m'), '1.5', /must be a whole number/);
  refused(setting.milliseconds('m'), '86400001', /86400000/);
  refused(setting.count('c', 1, 5), '0', />=1/);
  refused(setting.list('l'), 'a,,b', /has an empty part/);
  refused(setting.flag('f'), 'yes', /"true"\|"false"/);
  refused(setting.oneOf('o', ['a', 'b']), 'c', /"a"\|"b"/);
  refused(setting.url('u'), 'nowhere', /must be a URL/);
  assert.equal(readSettings({ X: setting.oneOf('o', ['a', 'b']) }, { X: 'b' }).X, 'b');
  assert.equal(readSettings({ X: setting.flag('f') }, { X: 'false' }).X, false);
});
