import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { tlsOptions } from './certificates';

const folder = mkdtempSync(join(tmpdir(), 'quayside-kafka-tls-'));
after(() => rmSync(folder, { recursive: true }));
const file = (name: string) => join(folder, name);
const files = { certFile: file('user.crt'), keyFile: file('user.key'), caFile: file('ca.crt') };
const texts = () =>
  Object.fromEntries(Object.entries(tlsOptions(files)).map(([key, value]) => [key, String(value)]));

test('each connection gets what the files hold at that time', () => {
  writeFileSync(files.certFile, 'certificate');
  writeFileSync(files.keyFile, 'key');
  writeFileSync(files.caFile, 'ca');
  assert.deepEqual(texts(), { cert: 'certificate', key: 'key', ca: 'ca' });
  writeFileSync(files.certFile, 'renewed');
  assert.equal(texts().cert, 'renewed');
});

test('a file that cannot be read is named', () => {
  rmSync(files.caFile, { force: true });
  assert.throws(
    texts,
    /The certificate of the CA for Kafka cannot be read from .*ca\.crt \(ENOENT\)\./,
  );
});
