import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  isCheckViolation,
  isConnectionError,
  isSerializationFailure,
  isTransientError,
  isUniqueViolation,
} from './errors';

const sql = (code: string, constraint?: string) =>
  Object.assign(new Error('from the server'), { code, constraint });
const network = (code: string) => Object.assign(new Error(`connect ${code}`), { code });

test('a violation is recognised by its kind and, if asked, by its constraint', () => {
  assert.ok(isUniqueViolation(sql('23505', 'people_email_key')));
  assert.ok(isUniqueViolation(sql('23505', 'people_email_key'), 'people_email_key'));
  assert.ok(!isUniqueViolation(sql('23505', 'people_email_key'), 'people_pkey'));
  assert.ok(!isUniqueViolation(sql('23514')));
  assert.ok(isCheckViolation(sql('23514', 'no_overdraft'), 'no_overdraft'));
  assert.ok(!isCheckViolation(undefined));
});

test('a database that is away is told apart from one that refuses', () => {
  const away = [
    ...['57P01', '57P02', '57P03', '08006', '53300', '25006'].map((code) => sql(code)),
    ...['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'ETIMEDOUT'].map(network),
    new Error('Connection terminated unexpectedly'),
    new Error('timeout exceeded when trying to connect'),
    new AggregateError([network('ECONNREFUSED')]),
  ];
  for (const error of away) {
    assert.ok(isConnectionError(error), String(error));
    assert.ok(isTransientError(error), String(error));
  }
  for (const error of [
    sql('23505'),
    sql('22P02'),
    sql('40001'),
    new Error('Connection'),
    null,
    'x',
  ]) {
    assert.ok(!isConnectionError(error), String(error));
  }
});

test('what another try may change is transient; what the data says is not', () => {
  for (const code of ['40001', '40P01', '53100', '55P03', '57014', '58030', '42P01', '42501']) {
    assert.ok(isTransientError(sql(code)), code);
  }
  for (const code of ['23505', '23514', '23503', '22P02', '22001', 'P0001']) {
    assert.ok(!isTransientError(sql(code)), code);
  }
  assert.ok(!isTransientError(new TypeError('a bug')));
  assert.ok(isSerializationFailure(sql('40P01')));
});
