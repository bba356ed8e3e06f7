// CRC-32C (Castagnoli), reflected polynomial 0x82f63b78, RFC 3720 appendix B.4.
// Eight tables, so that eight bytes take one step ("slicing-by-8", Kounavis and Berry, 2008).
const POLYNOMIAL = 0x82f63b78;

const tables = buildTables();

/** CRC-32C of the bytes, as an unsigned 32-bit number. */
export function crc32c(bytes: Uint8Array): number {
  let crc = -1;
  let i = 0;
  for (const end = bytes.length - 7; i < end; i += 8) {
    const low = crc ^ wordAt(bytes, i);
    const high = wordAt(bytes, i + 4);
    crc =
      entry(7, low) ^
      entry(6, low >>> 8) ^
      entry(5, low >>> 16) ^
      entry(4, low >>> 24) ^
      entry(3, high) ^
      entry(2, high >>> 8) ^
      entry(1, high >>> 16) ^
      entry(0, high >>> 24);
  }
  for (; i < bytes.length; i += 1) crc = entry(0, crc ^ (bytes[i] ?? 0)) ^ (crc >>> 8);
  return (crc ^ -1) >>> 0;
}

function wordAt(bytes: Uint8Array, at: number): number {
  return (
    (bytes[at] ?? 0) |
    ((bytes[at + 1] ?? 0) << 8) |
    ((bytes[at + 2] ?? 0) << 16) |
    ((bytes[at + 3] ?? 0) << 24)
  );
}

function entry(table: number, byte: number): number {
  return tables[table * 256 + (byte & 0xff)] ?? 0;
}

function buildTables(): Int32Array {
  const built = new Int32Array(8 * 256);
  for (let i = 0; i < 256; i += 1) {
    let crc = i;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ POLYNOMIAL : crc >>> 1;
    built[i] = crc;
  }
  for (let i = 256; i < built.length; i += 1) {
    const previous = built[i - 256] ?? 0;
    built[i] = (previous >>> 8) ^ (built[previous & 0xff] ?? 0);
  }
  return built;
}
