import { malformed } from './errors';

// A frame of empty strings would otherwise cost far more memory as objects than it has bytes.
const MAX_ELEMENTS = 100_000;

/** Steps through bytes. Throws MalformedError instead of going past their end. */
export class Reader {
  position = 0;
  private elements = 0;

  constructor(readonly bytes: Buffer) {}

  get remaining(): number {
    return this.bytes.length - this.position;
  }

  /** Steps over so many bytes and returns where they begin. */
  advance(length: number): number {
    if (length < 0 || length > this.remaining) malformed(`no ${length} bytes left`);
    this.position += length;
    return this.position - length;
  }

  /** The next bytes, not copied. */
  take(length: number): Buffer {
    const start = this.advance(length);
    return this.bytes.subarray(start, this.position);
  }

  int(size: number): number {
    const at = this.advance(size);
    if (size < 8) return this.bytes.readIntBE(at, size);
    const value = Number(this.bytes.readBigInt64BE(at));
    return Number.isSafeInteger(value) ? value : malformed(`int64 out of range: ${value}`);
  }

  /** Unsigned, seven bits a byte, lowest first. Multiplies: a timestamp has more than 32 bits. */
  varint(): number {
    let value = 0;
    for (let factor = 1; factor < 2 ** 64; factor *= 128) {
      const byte = this.bytes.readUInt8(this.advance(1));
      value += (byte & 0x7f) * factor;
      if (byte < 0x80) return value;
    }
    return malformed('varint does not end');
  }

  /** Lets an array of that many elements begin, if there can be so many. */
  expectElements(count: number): void {
    this.elements += count;
    if (count < 0 || count > this.remaining || this.elements > MAX_ELEMENTS) {
      malformed(`array of ${count} elements`);
    }
  }
}
