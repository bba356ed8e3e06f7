import { readFileSync } from 'node:fs';
import type { z } from 'zod';
import { isSecret } from './describe';

/** Settings that are missing or wrong: the message names every one of them and what to do. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';

  constructor(readonly problems: readonly string[]) {
    super(`Settings are missing or wrong:\n${problems.map((text) => `  - ${text}`).join('\n')}`);
  }
}

type Environment = Record<string, string | undefined>;

/** What stands in the environment for one setting. */
interface Raw {
  value?: string;
  /** Whether it came from a file: what is mounted is taken for a secret. */
  fromFile?: boolean;
  problem?: string;
}

/** The raw value of one setting: from X, or from the file that X_FILE names (as mounted secrets are). */
function rawValue(name: string, env: Environment): Raw {
  // An empty variable is how many tools spell "not set".
  const value = env[name] === '' ? undefined : env[name];
  const file = env[`${name}_FILE`];
  if (file === undefined || file === '') return { value };
  if (value !== undefined) return { problem: `${name} and ${name}_FILE are both set. Keep one.` };
  try {
    // An empty file, like an empty variable, sets nothing.
    const text = readFileSync(file, 'utf8').trimEnd();
    return text === ''
      ? { problem: `${name}_FILE names ${file}, which is empty.` }
      : { value: text, fromFile: true };
  } catch (error) {
    const { code = 'unreadable' } = error as NodeJS.ErrnoException;
    return { problem: `${name}_FILE names ${file}, which cannot be read (${code}).` };
  }
}

function problemOf(name: string, type: z.ZodType, { value, fromFile }: Raw, message: string) {
  if (value === undefined) return `${name} is not set. Set ${name} or ${name}_FILE.`;
  const shown = fromFile === true || isSecret(type) ? '(not shown)' : JSON.stringify(value);
  return `${name} is ${shown}: ${message}.`;
}

/**
 * Reads the settings of `shape` (environment names as keys) from `env` and from files.
 * Throws a ConfigError that lists every problem at once and never shows a secret.
 */
export function readSettings<Shape extends z.ZodRawShape>(
  shape: Shape,
  env: Environment = process.env,
): z.infer<z.ZodObject<Shape>> {
  const problems: string[] = [];
  const values: Record<string, unknown> = {};
  for (const [name, type] of Object.entries(shape) as [string, z.ZodType][]) {
    const raw = rawValue(name, env);
    if (raw.problem !== undefined) {
      problems.push(raw.problem);
      continue;
    }
    const parsed = type.safeParse(raw.value);
    if (parsed.success) values[name] = parsed.data;
    else {
      const message = parsed.error.issues.map((issue) => issue.message).join(', ');
      problems.push(problemOf(name, type, raw, message));
    }
  }
  if (problems.length > 0) throw new ConfigError(problems);
  return values as z.infer<z.ZodObject<Shape>>;
}
