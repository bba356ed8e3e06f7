// As much of DER (ITU-T X.690) as a certificate needs.

/** One value: tag, length, content. */
function value(tag: number, ...content: Uint8Array[]): Buffer {
  const body = Buffer.concat(content);
  const bytes = [];
  for (let rest = body.length; rest > 0; rest >>= 8) bytes.unshift(rest & 255);
  const length = body.length < 128 ? [body.length] : [0x80 | bytes.length, ...bytes];
  return Buffer.concat([Buffer.from([tag, ...length]), body]);
}

export const sequence = (...parts: Uint8Array[]) => value(0x30, ...parts);
export const set = (...parts: Uint8Array[]) => value(0x31, ...parts);
export const octets = (content: Uint8Array) => value(0x04, content);
export const bits = (content: Uint8Array) => value(0x03, Buffer.from([0]), content);
export const text = (content: string) => value(0x0c, Buffer.from(content));
export const yes = () => value(0x01, Buffer.from([255]));
/** A positive number, by its bytes. */
export const integer = (content: Uint8Array) =>
  value(0x02, Buffer.from((content[0] ?? 0) > 127 ? [0] : []), content);
/** GeneralizedTime, seconds. */
export const time = (date: Date) =>
  value(0x18, Buffer.from(date.toISOString().replace(/[-:T]|\.\d+/g, '')));
/** `[n]`, around other values. */
export const tagged = (n: number, ...parts: Uint8Array[]) => value(0xa0 | n, ...parts);
/** `[n]`, in the place of another type's tag. */
export const implicit = (n: number, content: Uint8Array) => value(0x80 | n, content);

/** An object identifier, as `2.5.29.17`. */
export function identifier(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  const bytes = [first * 40 + second];
  for (const part of rest) {
    const groups = [part & 127];
    for (let left = part >> 7; left > 0; left >>= 7) groups.unshift((left & 127) | 128);
    bytes.push(...groups);
  }
  return value(0x06, Buffer.from(bytes));
}
