import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { batchOf } from '../../test/batches';
import { crc32c } from './crc32c';
import { MalformedError } from './errors';
import { Reader } from './reader';
import { hasValidCrc, readBatchHeader, readProducedBatch } from './record-batch';
import { readRecords } from './records';
import { Writer } from './writer';

test('CRC-32C gives the check values of RFC 3720 B.4 and the catalogue', () => {
  assert.equal(crc32c(Buffer.from('123456789')), 0xe3069283);
  assert.equal(crc32c(Buffer.alloc(32)), 0x8a9136aa);
  assert.equal(crc32c(Buffer.alloc(32, 0xff)), 0x62a8ab43);
  assert.equal(crc32c(Buffer.from(Array.from({ length: 32 }, (_, i) => i))), 0x46dd794e);
  assert.equal(crc32c(Buffer.alloc(0)), 0);
});

test('what is written is read back', () => {
  const offset = fc.maxSafeInteger();
  const values = fc.record(
    {
      int8: fc.integer({ min: -128, max: 127 }),
      int16: fc.integer({ min: -32768, max: 32767 }),
      int32: fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
      int64: offset,
      boolean: fc.boolean(),
      string: fc.string({ unit: 'binary', maxLength: 2000 }),
      nullable: fc.option(fc.string()),
      bytes: fc.uint8Array({ maxLength: 10_000 }),
      array: fc.array(offset),
      varint: fc.nat(),
    },
    { noNullPrototype: true },
  );
  fc.assert(
    fc.property(values, (v) => {
      const writer = new Writer().int8(v.int8).int16(v.int16).int32(v.int32).int64(v.int64);
      writer.boolean(v.boolean).string(v.string).nullableString(v.nullable);
      writer.bytes(Buffer.from(v.bytes)).array(v.array, (one) => writer.int64(one));
      const reader = new Reader(Buffer.concat(writer.unsignedVarint(v.varint).finish()));
      assert.deepEqual(
        {
          int8: reader.int8(),
          int16: reader.int16(),
          int32: reader.int32(),
          int64: reader.int64(),
          boolean: reader.boolean(),
          string: reader.string(),
          nullable: reader.nullableString(),
          bytes: new Uint8Array(reader.bytes()),
          array: reader.array(() => reader.int64()),
          varint: reader.unsignedVarint(),
        },
        v,
      );
      assert.equal(reader.remaining, 0);
    }),
    { numRuns: 200 },
  );
});

test('reading random bytes gives a value or MalformedError, nothing else', () => {
  const reads = [
    (r: Reader) => r.string(),
    (r: Reader) => r.nullableBytes(),
    (r: Reader) => r.array(() => r.array(() => r.int8())),
    (r: Reader) => r.compactString(),
    (r: Reader) => r.skipTaggedFields(),
    (r: Reader) => r.int64(),
  ];
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), fc.constantFrom(...reads), (bytes, read) => {
      try {
        read(new Reader(Buffer.from(bytes)));
      } catch (error) {
        assert.ok(error instanceof MalformedError, String(error));
      }
    }),
    { numRuns: 1000 },
  );
});

test('an array cannot claim more elements than there are bytes', () => {
  const frame = Buffer.concat(new Writer().int32(2 ** 31 - 1).finish());
  const reader = new Reader(frame);
  assert.throws(() => reader.array(() => reader.string()), MalformedError);
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
