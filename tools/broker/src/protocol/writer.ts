/** Bytes that are being written, in one buffer that grows. */
export class Writer {
  private buffer = Buffer.allocUnsafe(1024);
  private length = 0;

  get bytes(): Buffer {
    return this.buffer.subarray(0, this.length);
  }

  raw(bytes: ArrayLike<number>): void {
    const start = this.reserve(bytes.length);
    this.buffer.set(bytes, start);
  }

  int(value: number, size: number): void {
    const start = this.reserve(size);
    if (size < 8) this.buffer.writeIntBE(value, start, size);
    else this.buffer.writeBigInt64BE(BigInt(value), start);
  }

  /** Unsigned, seven bits a byte, lowest first. */
  varint(value: number): void {
    let rest = value;
    for (; rest > 0x7f; rest >>>= 7) this.raw([(rest & 0x7f) | 0x80]);
    this.raw([rest]);
  }

  /** Makes room and returns where it begins. */
  private reserve(size: number): number {
    const start = this.length;
    this.length += size;
    if (this.length > this.buffer.length) {
      const grown = Buffer.allocUnsafe(2 * this.length);
      this.buffer.copy(grown, 0, 0, start);
      this.buffer = grown;
    }
    return start;
  }
}
