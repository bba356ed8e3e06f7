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

/** The raw value of one setting: from X, or from the file that X_FILE names (as mounted secrets are). */
function rawValue(name: string, env: Environment): { value?: string; problem?: string } {
  // An empty variable is how many tools spell "not set".
  const value = env[name] === '' ? undefined : env[name];
  const file = env[`${name}_FILE`];
  if (file === undefined || file === '') return { value };
  if (value !== undefined) return { problem: `${name} and ${name}_FILE are both set. Keep one.` };
  try {
    return { value: readFileSync(file, 'utf8').trimEnd() };
  } catch (error) {
    const { code = 'unreadable' } = error as NodeJS.ErrnoException;
    return { problem: `${name}_FILE names ${file}, which cannot be read (${code}).` };
  }
}

function problemOf(name: string, type: z.ZodType, raw: string | undefined, message: string) {
  if (raw === undefined) return `${name} is not set. Set ${name} or ${name}_FILE.`;
  const shown = isSecret(type) ? '(not shown)' : JSON.stringify(raw);
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
    const { value: raw, problem } = rawValue(name, env);
    if (problem !== undefined) {
      problems.push(problem);
      continue;
    }
    const parsed = type.safeParse(raw);
    if (parsed.success) values[name] = parsed.data;
    else {
      const message = parsed.error.issues.map((issue) => issue.message).join(', ');
      problems.push(problemOf(name, type, raw, message));
    }
  }
  if (problems.length > 0) throw new ConfigError(problems);
  return values as z.infer<z.ZodObject<Shape>>;
}
