import { isUtf8 } from 'node:buffer';
import { malformed } from './errors';
import type { Loose, MessageOf, Primitives } from './message-type';
import type { Reader } from './reader';
import type { Writer } from './writer';

/** Reads and writes the messages of a schema, in any version. */
export interface Schema<Message = unknown> {
  readonly fields: readonly Field[];
  /** Throws MalformedError. */
  read(from: Reader, version: number): Message;
  write(to: Writer, message: Loose<Message>, version: number): void;
}

/** A field of a message, in the versions from `first` to `last`. */
export interface Field {
  readonly name: string;
  readonly first: number;
  readonly last: number;
  readonly isNullable: boolean;
  readonly isArray: boolean;
  readonly type: keyof Primitives | readonly Field[];
  /** What is read in versions without the field, and written where none is given. */
  readonly absent: unknown;
}

interface Encoding {
  readonly version: number;
  readonly isFlexible: boolean;
}

const SIZES = { bool: 1, int8: 1, int16: 2, int32: 4, int64: 8 };
const EMPTY: Record<string, unknown> = { bool: false, string: '', bytes: Buffer.alloc(0) };
const NOTATION = /^(\w+)(?:@(\d+)(?:\+|-(\d+)))?:(\?)?(\[)?(\w*)\]?(?:=(.*))?$/;

/**
 * Reads a schema. The notation is much like that of https://kafka.apache.org/protocol: fields in
 * their order on the wire, each `name:type`, or `name@versions:type` ("@3+", "@2-4") if not every
 * version has it. `[ ... ]` is an array of structures, `[int32]` one of numbers. "?" before a type:
 * it may be null. "=" behind it: what stands for the field where it is not given, instead of 0, '',
 * [] or null. From version `flexible` on, lengths are varints and structures end with tagged fields
 * (KIP-482).
 */
export function schema<S extends string>(text: S, flexible = Infinity): Schema<MessageOf<S>> {
  const fields = parseFields(text.split(/\s+/));
  const encoding = (version: number) => ({ version, isFlexible: version >= flexible });
  return {
    fields,
    read: (from, version) => readFields(fields, from, encoding(version)),
    write: (to, message, version) => writeFields(fields, to, message, encoding(version)),
  };
}

function parseFields(tokens: string[]): Field[] {
  const fields: Field[] = [];
  for (let token = tokens.shift(); token && token !== ']'; token = tokens.shift()) {
    const [, name = '', first = 0, last = Infinity, nullable, array, primitive, otherwise] =
      NOTATION.exec(token) ?? [];
    const type = primitive ? (primitive as keyof Primitives) : parseFields(tokens);
    const isArray = array !== undefined;
    const isNullable = nullable !== undefined;
    const empty = isArray ? [] : (EMPTY[primitive ?? ''] ?? 0);
    const given = type === 'string' ? otherwise : Number(otherwise);
    const absent = otherwise !== undefined ? given : isNullable ? null : empty;
    fields.push({ name, first: +first, last: +last, isNullable, isArray, type, absent });
  }
  return fields;
}

function isIn({ first, last }: Field, { version }: Encoding): boolean {
  return version >= first && version <= last;
}

function readFields(fields: readonly Field[], from: Reader, encoding: Encoding) {
  const message: Record<string, unknown> = {};
  for (const field of fields) {
    message[field.name] = isIn(field, encoding) ? readField(field, from, encoding) : field.absent;
  }
  if (encoding.isFlexible) skipTaggedFields(from);
  return message;
}

function readField(field: Field, from: Reader, encoding: Encoding): unknown {
  if (!field.isArray) return readValue(field, from, encoding);
  const length = readLength(from, 4, encoding);
  // Some clients write null where the protocol wants an empty array.
  if (length === -1) return field.isNullable ? null : [];
  from.expectElements(length);
  return Array.from({ length }, () => readValue(field, from, encoding));
}

function readValue({ type, isNullable }: Field, from: Reader, encoding: Encoding): unknown {
  if (typeof type !== 'string') return readFields(type, from, encoding);
  if (type === 'bool') return from.int(1) !== 0;
  if (type !== 'string' && type !== 'bytes') return from.int(SIZES[type]);
  const length = readLength(from, type === 'string' ? 2 : 4, encoding);
  if (length === -1) return isNullable ? null : malformed('null where a value is required');
  const bytes = from.take(length);
  if (type === 'bytes') return bytes;
  return isUtf8(bytes) ? bytes.toString() : malformed('a string that is not UTF-8');
}

function readLength(from: Reader, size: number, { isFlexible }: Encoding): number {
  return isFlexible ? from.varint() - 1 : from.int(size);
}

/** Tagged fields are optional by definition, and none is known here. */
export function skipTaggedFields(from: Reader): void {
  for (let left = from.varint(); left > 0; left -= 1) {
    from.varint();
    from.take(from.varint());
  }
}

function writeFields(fields: readonly Field[], to: Writer, message: unknown, encoding: Encoding) {
  for (const field of fields) {
    const { [field.name]: value = field.absent } = message as Record<string, unknown>;
    if (isIn(field, encoding)) writeField(field, to, value, encoding);
  }
  if (encoding.isFlexible) to.varint(0);
}

function writeField({ type, isArray }: Field, to: Writer, value: unknown, encoding: Encoding) {
  const items = isArray ? (value as readonly unknown[] | null) : [value];
  if (isArray) writeLength(to, items?.length ?? -1, 4, encoding);
  items?.forEach((item) => writeValue(type, to, item, encoding));
}

function writeValue(type: Field['type'], to: Writer, value: unknown, encoding: Encoding): void {
  if (typeof type !== 'string') {
    writeFields(type, to, value, encoding);
  } else if (type === 'string' || type === 'bytes') {
    const bytes = typeof value === 'string' ? Buffer.from(value) : (value as Buffer | null);
    writeLength(to, bytes?.length ?? -1, type === 'string' ? 2 : 4, encoding);
    if (bytes) to.raw(bytes);
  } else {
    to.int(Number(value), SIZES[type]);
  }
}

function writeLength(to: Writer, length: number, size: number, { isFlexible }: Encoding): void {
  if (isFlexible) to.varint(length + 1);
  else to.int(length, size);
}
