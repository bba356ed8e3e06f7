const PAGE_BYTES = 1024;

// Below this, copying is cheaper than one more entry in the writev list.
const COPY_BYTES = 4096;

/** Writes the protocol's primitive types; large byte fields are passed on without a copy. */
export class Writer {
  private readonly parts: Buffer[] = [];
  private page = Buffer.allocUnsafe(PAGE_BYTES);
  private used = 0;

  int8(value: number): this {
    const at = this.reserve(1);
    this.page.writeInt8(value, at);
    return this;
  }

  int16(value: number): this {
    const at = this.reserve(2);
    this.page.writeInt16BE(value, at);
    return this;
  }

  int32(value: number): this {
    const at = this.reserve(4);
    this.page.writeInt32BE(value, at);
    return this;
  }

  int64(value: number): this {
    const at = this.reserve(8);
    this.page.writeBigInt64BE(BigInt(value), at);
    return this;
  }

  boolean(value: boolean): this {
    return this.int8(value ? 1 : 0);
  }

  string(value: string): this {
    const encoded = Buffer.from(value, 'utf8');
    return this.int16(encoded.length).raw(encoded);
  }

  nullableString(value: string | null): this {
    return value === null ? this.int16(-1) : this.string(value);
  }

  bytes(value: Buffer): this {
    return this.int32(value.length).raw(value);
  }

  array<T>(items: readonly T[], element: (item: T) => void): this {
    this.int32(items.length);
    items.forEach((item) => element(item));
    return this;
  }

  nullableArray<T>(items: readonly T[] | null, element: (item: T) => void): this {
    return items === null ? this.int32(-1) : this.array(items, element);
  }

  unsignedVarint(value: number): this {
    let rest = value;
    while (rest > 0x7f) {
      this.int8((rest & 0x7f) - 0x80); // the eighth bit: more follows
      rest >>>= 7;
    }
    return this.int8(rest);
  }

  emptyTaggedFields(): this {
    return this.unsignedVarint(0);
  }

  raw(value: Buffer): this {
    if (value.length > COPY_BYTES) {
      this.closePage();
      this.parts.push(value);
    } else {
      const at = this.reserve(value.length);
      value.copy(this.page, at);
    }
    return this;
  }

  /** Everything written so far, in order, to be sent in one writev. */
  finish(): Buffer[] {
    this.closePage();
    return this.parts;
  }

  /** Makes room and returns where it begins. It may turn the page: look at `page` only afterwards. */
  private reserve(length: number): number {
    if (this.used + length > this.page.length) {
      this.closePage();
      this.page = Buffer.allocUnsafe(Math.max(PAGE_BYTES, length));
    }
    const start = this.used;
    this.used += length;
    return start;
  }

  private closePage(): void {
    if (this.used > 0) this.parts.push(this.page.subarray(0, this.used));
    this.page = this.page.subarray(this.used);
    this.used = 0;
  }
}
