import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { batchOf } from '../../test/batches';
import { apis } from '../api';
import { crc32c } from './crc32c';
import { MalformedError } from './errors';
import type { Primitives } from './message-type';
import { Reader } from './reader';
import { hasValidCrc, readBatchHeader, readProducedBatch } from './record-batch';
import { readRecords } from './records';
import { type Field, schema } from './schema';
import { Writer } from './writer';

test('CRC-32C gives the check values of RFC 3720 B.4 and the catalogue', () => {
  assert.equal(crc32c(Buffer.from('123456789')), 0xe3069283);
  assert.equal(crc32c(Buffer.alloc(32)), 0x8a9136aa);
  assert.equal(crc32c(Buffer.alloc(32, 0xff)), 0x62a8ab43);
  assert.equal(crc32c(Buffer.from(Array.from({ length: 32 }, (_, i) => i))), 0x46dd794e);
  assert.equal(crc32c(Buffer.alloc(0)), 0);
});

test('what is written is read back: every message in every version', () => {
  for (const { name, minVersion, maxVersion, request, response } of apis.values()) {
    for (const { fields, read, write } of [request, response]) {
      fc.assert(
        fc.property(
          fc
            .integer({ min: minVersion, max: maxVersion })
            .chain((version) => fc.tuple(fc.constant(version), messageOf(fields, version))),
          ([version, message]) => {
            const writer = new Writer();
            write(writer, message, version);
            const reader = new Reader(writer.bytes);
            assert.deepEqual(read(reader, version), message, name);
            assert.equal(reader.remaining, 0);
          },
        ),
        { numRuns: 30 },
      );
    }
  }
});

test('a field that is not given, or not in the version, is what the schema says', () => {
  const { read, write } = schema('a:int32=-1 b@2+:string=x c@0-1:?bytes d:[ e:int64 f:?string= ]');
  const writer = new Writer();
  write(writer, { b: 'not in version 1', c: Buffer.from('c'), d: [{ e: 2 }] }, 1);
  const { bytes } = writer;
  assert.equal(
    bytes.toString('hex'),
    'ffffffff' + '0000000163' + '00000001' + '0000000000000002' + '0000',
  );
  const message = { a: -1, b: 'x', c: Buffer.from('c'), d: [{ e: 2, f: '' }] };
  assert.deepEqual(read(new Reader(bytes), 1), message);
});

test('reading random bytes gives a value or MalformedError, nothing else', () => {
  const schemas = [...apis.values()].flatMap((api) => [
    { read: api.request.read, version: api.minVersion },
    { read: api.request.read, version: api.maxVersion },
  ]);
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 200 }),
      fc.constantFrom(...schemas),
      (bytes, { read, version }) => {
        try {
          read(new Reader(Buffer.from(bytes)), version);
        } catch (error) {
          assert.ok(error instanceof MalformedError, String(error));
        }
      },
    ),
    { numRuns: 1000 },
  );
});

test('an array cannot claim more elements than there are bytes', () => {
  const reader = new Reader(Buffer.from([0x7f, 255, 255, 255]));
  assert.throws(() => schema('names:[string]').read(reader, 0), MalformedError);
});

test('a string that is not UTF-8 is malformed: echoed, it would be longer than it came', () => {
  const reader = new Reader(Buffer.from([0, 2, 0xff, 0xff]));
  assert.throws(() => schema('name:string').read(reader, 0), MalformedError);
});

for (const gzip of [false, true]) {
  test(`records of a batch are read (gzip: ${gzip})`, () => {
    const batch = batchOf([{ key: 'a', value: '1' }, { key: 'b', value: null }, { value: 'c' }], {
      gzip,
      timestamp: 1_700_000_000_000,
    });
    const header = readProducedBatch(batch, 10_000);
    const records = readRecords(header, batch) ?? [];
    assert.deepEqual(
      records.map((r) => [r.key?.toString(), r.offset, r.timestamp, r.isTombstone]),
      [
        ['a', 0, 1_700_000_000_000, false],
        ['b', 1, 1_700_000_000_000, true],
        [undefined, 2, 1_700_000_000_000, false],
      ],
    );
  });
}

test('a batch with any one bit flipped is refused or was changed outside the checksum', () => {
  const batch = batchOf([{ key: 'key', value: 'value' }]);
  fc.assert(
    fc.property(fc.nat({ max: batch.length * 8 - 1 }), (bit) => {
      const damaged = Buffer.from(batch);
      damaged[bit >> 3]! ^= 1 << (bit & 7);
      if (bit >> 3 >= 17) assert.ok(!hasValidCrc(damaged));
      readBatchHeader(damaged);
    }),
    { numRuns: 500 },
  );
});

function messageOf(fields: readonly Field[], version: number): fc.Arbitrary<object> {
  const values = fields.map((field) => {
    const isThere = version >= field.first && version <= field.last;
    return [field.name, isThere ? valueOf(field, version) : fc.constant(field.absent)] as const;
  });
  return fc.record(Object.fromEntries(values), { noNullPrototype: true });
}

function valueOf({ type, isArray, isNullable }: Field, version: number): fc.Arbitrary<unknown> {
  const one = typeof type === 'string' ? primitives[type] : messageOf(type, version);
  const value = isArray ? fc.array(one, { maxLength: 4 }) : one;
  return isNullable ? fc.option(value) : value;
}

const primitives: Record<keyof Primitives, fc.Arbitrary<unknown>> = {
  bool: fc.boolean(),
  int8: fc.integer({ min: -128, max: 127 }),
  int16: fc.integer({ min: -32768, max: 32767 }),
  int32: fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
  int64: fc.maxSafeInteger(),
  string: fc.string({ unit: 'binary', maxLength: 300 }),
  bytes: fc.uint8Array({ maxLength: 10_000 }).map((bytes) => Buffer.from(bytes)),
};
