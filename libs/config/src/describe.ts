import { z } from 'zod';

/** One row of a README's table of settings. */
export interface SettingDescription {
  name: string;
  /** What it is when not set: a value, `none` (optional), `required` or `not shown` (secret). */
  default: string;
  meaning: string;
}

/** What a type wraps: `.default()`, `.optional()` and `.transform()` hide the inner type's notes. */
function innerOf(type: z.ZodType): z.ZodType | undefined {
  if (type instanceof z.ZodPipe) return type.in as z.ZodType;
  const wraps =
    type instanceof z.ZodDefault ||
    type instanceof z.ZodPrefault ||
    type instanceof z.ZodOptional ||
    type instanceof z.ZodNullable ||
    type instanceof z.ZodReadonly;
  return wraps ? (type.unwrap() as z.ZodType) : undefined;
}

function layers(type: z.ZodType): z.ZodType[] {
  const inner = innerOf(type);
  return inner ? [type, ...layers(inner)] : [type];
}

const noted = (type: z.ZodType) => layers(type).map((layer) => layer.meta());

/** Whether the value must never be printed. */
export function isSecret(type: z.ZodType): boolean {
  return noted(type).some((meta) => meta?.secret === true);
}

function defaultOf(type: z.ZodType): string {
  const parsed = type.safeParse(undefined);
  if (!parsed.success) return 'required';
  if (parsed.data === undefined) return 'none';
  if (isSecret(type)) return 'not shown';
  return typeof parsed.data === 'string' ? parsed.data : JSON.stringify(parsed.data);
}

/** The rows of a README's table of settings, in the shape's order. */
export function describeSettings(shape: z.ZodRawShape): SettingDescription[] {
  return (Object.entries(shape) as [string, z.ZodType][]).map(([name, type]) => ({
    name,
    default: defaultOf(type),
    meaning: noted(type).find((meta) => meta?.description !== undefined)?.description ?? '',
  }));
}
