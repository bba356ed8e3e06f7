import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { valuesFiles, type Rendering } from './render';
import { inRepository } from './repository';

export type Values = Record<string, unknown>;

const isMap = (value: unknown): value is Values =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Later values over earlier ones, as helm does it: maps are merged, `null` removes, all else replaces. */
export function mergeValues(under: Values, over: Values): Values {
  const merged = { ...under };
  for (const [key, value] of Object.entries(over)) {
    const below = merged[key];
    if (value === null) Reflect.deleteProperty(merged, key);
    else merged[key] = isMap(value) && isMap(below) ? mergeValues(below, value) : value;
  }
  return merged;
}

/** The content of a YAML file of the repository. */
export const readYaml = (path: string): unknown =>
  parse(readFileSync(inRepository(path), 'utf8'), { merge: true });

/** What the values files of a rendering say together (without the chart's own defaults and `set`). */
export function valuesOf(rendering: Rendering): Values {
  const parts = valuesFiles(rendering).map((file) => (readYaml(file) ?? {}) as Values);
  return [...parts, rendering.override ?? {}].reduce(mergeValues, {});
}
