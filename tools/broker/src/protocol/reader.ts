import { MalformedError } from './errors';

// A frame of empty strings would otherwise cost far more memory as objects than it has bytes.
const MAX_ELEMENTS = 100_000;

/** Reads the protocol's primitive types in order. Throws MalformedError instead of reading past the end. */
export class Reader {
  private position = 0;
  private elements = 0;

  constructor(private readonly buffer: Buffer) {}

  get remaining(): number {
    return this.buffer.length - this.position;
  }

  int8(): number {
    return this.buffer.readInt8(this.advance(1));
  }

  int16(): number {
    return this.buffer.readInt16BE(this.advance(2));
  }

  int32(): number {
    return this.buffer.readInt32BE(this.advance(4));
  }

  /** Offsets, timestamps and producer ids: all of them stay below 2^53 here, anything beyond is refused. */
  int64(): number {
    const value = Number(this.buffer.readBigInt64BE(this.advance(8)));
    if (!Number.isSafeInteger(value)) throw new MalformedError(`int64 out of range: ${value}`);
    return value;
  }

  boolean(): boolean {
    return this.int8() !== 0;
  }

  string(): string {
    const value = this.nullableString();
    if (value === null) throw new MalformedError('null where a string is required');
    return value;
  }

  nullableString(): string | null {
    const length = this.int16();
    return length === -1 ? null : this.take(length).toString('utf8');
  }

  bytes(): Buffer {
    const value = this.nullableBytes();
    if (value === null) throw new MalformedError('null where bytes are required');
    return value;
  }

  nullableBytes(): Buffer | null {
    const length = this.int32();
    return length === -1 ? null : this.take(length);
  }

  array<T>(element: () => T): T[] {
    return this.nullableArray(element) ?? [];
  }

  nullableArray<T>(element: () => T): T[] | null {
    const length = this.int32();
    if (length === -1) return null;
    this.elements += length;
    if (length < 0 || length > this.remaining || this.elements > MAX_ELEMENTS) {
      throw new MalformedError(`array of ${length} elements`);
    }
    return Array.from({ length }, element);
  }

  /** Unsigned variable-length integer, the length type of "flexible" versions (KIP-482). */
  unsignedVarint(): number {
    let value = 0;
    for (let shift = 0; shift < 35; shift += 7) {
      const byte = this.buffer.readUInt8(this.advance(1));
      value += (byte & 0x7f) * 2 ** shift;
      if ((byte & 0x80) === 0) return value;
    }
    throw new MalformedError('varint longer than five bytes');
  }

  compactString(): string {
    const length = this.unsignedVarint() - 1;
    return this.take(length).toString('utf8');
  }

  /** Tagged fields are optional by definition; none is known here, so they are stepped over. */
  skipTaggedFields(): void {
    const count = this.unsignedVarint();
    for (let i = 0; i < count; i += 1) {
      this.unsignedVarint();
      this.take(this.unsignedVarint());
    }
  }

  private take(length: number): Buffer {
    if (length < 0) throw new MalformedError(`negative length ${length}`);
    const start = this.advance(length);
    return this.buffer.subarray(start, start + length);
  }

  private advance(length: number): number {
    const start = this.position;
    if (length > this.buffer.length - start)
      throw new MalformedError('frame is shorter than it says');
    this.position = start + length;
    return start;
  }
}
