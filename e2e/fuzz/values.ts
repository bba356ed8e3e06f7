import fc, { type Arbitrary } from 'fast-check';
import { resolved, type ApiDocument, type Schema } from './document';

/** Ids, handles and the like that exist, by the name of the field or parameter that takes them. */
export type Existing = Record<string, string[] | undefined>;

/** What somebody once wrote into a field and broke something by it. */
const notorious = [
  '',
  ' ',
  '\0',
  'a\0b',
  '\ud800',
  '\u202e\u200b\ufeff',
  'e\u0301\u0301\u0301',
  '👩‍👩‍👧‍👦',
  "' OR 1=1 --",
  '%',
  '%00',
  '../../etc/passwd',
  '${7*7}{{7*7}}',
  '\r\nSet-Cookie: a=b',
  'null',
  '__proto__',
  '-0',
  '1e400',
  '9'.repeat(40),
  'x'.repeat(3000),
  '0195c2a5-8f3a-7c11-9d0e-2f6b1f6a7d10',
  'FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF',
  '{0195c2a5-8f3a-7c11-9d0e-2f6b1f6a7d10}',
  'urn:uuid:0195c2a5-8f3a-7c11-9d0e-2f6b1f6a7d10',
  '0000-01-01T00:00:00Z',
  '2026-02-31T23:59:60Z',
  '9999-12-31T23:59:59.999999999-23:59',
  '2026-01-02',
  ...['a0', 'a-1', 'a999999999999999999', 'a9999999999999999999', 'b1', 'a1\0'].map((text) =>
    Buffer.from(text).toString('base64url'),
  ),
];

/** Text that no form expects. */
export const oddText: Arbitrary<string> = fc.oneof(
  fc.constantFrom(...notorious),
  fc.string({ unit: 'binary', maxLength: 40 }),
);

/** Any JSON that is not what was asked for, deep and wide ones among them. */
export const oddValue: Arbitrary<unknown> = fc.oneof(
  oddText,
  fc.constantFrom<unknown>(null, true, 0, -1, 1.5, 1e300, 2 ** 53, [], {}, [[]], nested(40)),
  fc.jsonValue({ maxDepth: 4 }),
);

function nested(depth: number): unknown {
  return depth === 0 ? 1 : [{ a: nested(depth - 1) }];
}

/** Texts that a schema without a pattern takes, with everything that it does not forbid. */
function freeText({ minLength = 0, maxLength = 300, pattern }: Schema): Arbitrary<string> {
  const allowed = (text: string) =>
    text.length >= minLength &&
    [...text].length <= maxLength &&
    (pattern === undefined || new RegExp(pattern, 'u').test(text));
  const most = Math.min(maxLength, minLength + 40);
  return fc
    .oneof(
      fc.string({ unit: 'grapheme', minLength, maxLength: most }),
      fc.string({ unit: 'binary', minLength, maxLength: most }),
      oddText.map((odd) => odd.padEnd(minLength, 'x')),
    )
    .filter(allowed);
}

const moments = fc
  .date({ min: new Date(0), max: new Date('9999-12-31T23:59:59Z'), noInvalidDate: true })
  .map((date) => date.toISOString());

function textOf(schema: Schema): Arbitrary<string> {
  if (schema.format === 'uuid') return fc.uuid();
  if (schema.format === 'email') return fc.emailAddress();
  if (schema.format === 'date-time') return moments;
  if (schema.pattern?.startsWith('^')) return fc.stringMatching(new RegExp(schema.pattern));
  return freeText(schema);
}

/** Values that a schema takes; where things exist for a name, mostly those. */
export function valueOf(
  document: ApiDocument,
  written: Schema,
  existing: Existing,
  name = '',
): Arbitrary<unknown> {
  const schema = resolved<Schema>(document, written);
  const known = existing[name];
  if (known) return fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...known) }, textOf(schema));
  if (schema.enum) return fc.constantFrom(...schema.enum);
  if (schema.type === 'string') return textOf(schema);
  if (schema.type === 'boolean') return fc.boolean();
  if (schema.type === 'integer') {
    return fc.integer({ min: schema.minimum ?? 0, max: schema.maximum ?? 1000 });
  }
  if (schema.type === 'array') {
    return fc.array(valueOf(document, schema.items ?? {}, existing, name), {
      minLength: schema.minItems ?? 0,
      maxLength: Math.min(schema.maxItems ?? 5, 5),
    });
  }
  if (schema.type === 'object') return objectOf(document, schema, existing);
  return oddValue;
}

function objectOf(
  document: ApiDocument,
  { properties = {}, required = [], maxProperties }: Schema,
  existing: Existing,
): Arbitrary<unknown> {
  const fields = Object.entries(properties).map(
    ([name, schema]) => [name, valueOf(document, schema, existing, name)] as const,
  );
  if (maxProperties === 1) {
    return fc.oneof(...fields.map(([name, value]) => value.map((one) => ({ [name]: one }))));
  }
  return fc.record(Object.fromEntries(fields), { requiredKeys: required });
}

/** A value with one thing wrong: a field gone, one too many, or one of another kind, at any depth. */
export function damaged(value: unknown): Arbitrary<unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return oddValue;
  const fields = Object.entries(value);
  const extra = fc
    .tuple(fc.constantFrom('extra', 'constructor', 'userId', '\0', '$ref'), oddValue)
    .map(([name, odd]) => Object.fromEntries([...fields, [name, odd]]));
  if (fields.length === 0) return fc.oneof(extra, oddValue);
  const changed = fc.constantFrom(...fields).chain(([name, inner]) =>
    fc.oneof(
      fc.constant(Object.fromEntries(fields.filter(([other]) => other !== name))),
      fc.oneof(oddText, damaged(inner)).map((odd) => ({ ...value, [name]: odd })),
    ),
  );
  return fc.oneof({ weight: 3, arbitrary: changed }, extra, oddValue);
}
