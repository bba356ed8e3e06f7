import { defaults, types, type CustomTypesConfig } from 'pg';

// A Date parameter is written as UTC; pg offers this for the whole process only. For timestamptz it is the same
// instant either way, for `timestamp` and `date` columns it would otherwise depend on the machine's zone.
defaults.parseInputDatesAsUTC = true;

/** OIDs of pg_type, fixed in PostgreSQL's catalogue. */
const oid = { int8: 20, int8Array: 1016, date: 1082, timestamp: 1114, numericArray: 1231 } as const;
const textArray = 1009;

/** pg's own; its enumeration of types knows only some of them. */
const parserOf = types.getTypeParser as (
  id: number,
  format?: 'text' | 'binary',
) => (text: string) => unknown;

const asIs = (text: string): string => text;
const utcDate = (text: string): Date => new Date(`${text.replace(' ', 'T')}Z`);
const textElements = parserOf(textArray) as (text: string) => (string | null)[];
const bigints = (text: string): (bigint | null)[] =>
  textElements(text).map((element) => (element === null ? null : BigInt(element)));

const parsers = new Map<number, (text: string) => unknown>([
  [oid.int8, BigInt],
  [oid.int8Array, bigints],
  // pg would make these floats, and money is never one.
  [oid.numericArray, textElements],
  // A day is not an instant: pg would make it midnight in the machine's zone.
  [oid.date, asIs],
  [oid.timestamp, utcDate],
]);

/** How values arrive: int8 as bigint, numeric as string, date as `2026-11-22`, timestamps as Date in UTC. */
export const typeParsers: CustomTypesConfig = {
  getTypeParser: ((id: number, format: 'text' | 'binary' = 'text') =>
    (format === 'text' ? parsers.get(id) : undefined) ??
    parserOf(id, format)) as CustomTypesConfig['getTypeParser'],
};
