import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { collectDefaultMetrics, Registry } from 'prom-client';
import { inRepository } from '../../src/repository';

function sourcesBelow(folder: string): string[] {
  return readdirSync(inRepository(folder), { recursive: true, withFileTypes: true })
    .filter(({ name }) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .filter(({ parentPath }) => !parentPath.includes('node_modules'))
    .map(({ parentPath, name }) => join(parentPath, name));
}

/** Names given to `metrics.counter`, `.gauge` and `.histogram` in the sources, with those that a histogram adds. */
function declaredInSources(): string[] {
  return ['libs', 'apps'].flatMap(sourcesBelow).flatMap((file) => {
    const calls = readFileSync(file, 'utf8').matchAll(
      /\.(counter|gauge|histogram)\(\s*'([a-z0-9_]+)'/g,
    );
    return [...calls].flatMap(([, kind, name = '']) =>
      kind === 'histogram' ? ['_bucket', '_count', '_sum'].map((end) => name + end) : [name],
    );
  });
}

/** What libs/telemetry registers for every process. */
function defaults(): string[] {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  return registry.getMetricsAsArray().map(({ name }) => name);
}

/** Every series that a service's /metrics may have, and Prometheus's own `up`. */
export function knownSeries(): Set<string> {
  return new Set([...declaredInSources(), ...defaults(), 'up']);
}

const KEYWORDS = new Set([
  'by',
  'on',
  'or',
  'and',
  'unless',
  'ignoring',
  'without',
  'bool',
  'offset',
]);

/** The series that a PromQL expression names: what is left without strings, label lists, functions and numbers. */
export function seriesIn(expression: string): string[] {
  const bare = expression
    .replace(/"[^"]*"/g, '')
    .replace(/\{[^}]*\}/g, '')
    .replace(/\[[^\]]*\]/g, '')
    .replace(/\b(by|on|without|ignoring|group_left|group_right)\s*\([^)]*\)/g, '')
    .replace(/\blabel_values\(([^,)]*),[^)]*\)/g, '$1');
  const words = bare.match(/[a-zA-Z_:][\w:]*(?!\w)(?!\s*\()/g) ?? [];
  return words.filter((word) => !KEYWORDS.has(word) && /_|:|^up$/.test(word));
}
