import { z } from 'zod';

/** One row of a README's table of settings. */
export interface SettingDescription {
  name: string;
  /** What it is when not set: a value, `none` (optional) or `required`. */
  default: string;
  meaning: string;
}

/** The type and what it wraps: `.default()` and `.optional()` hide the inner type's notes. */
function layers(type: z.ZodType): z.ZodType[] {
  const wraps = type instanceof z.ZodDefault || type instanceof z.ZodOptional;
  return wraps ? [type, ...layers(type.unwrap() as z.ZodType)] : [type];
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
