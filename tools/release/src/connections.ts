import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';

interface Ages {
  maxConnectionAgeSeconds: number;
  maxConnectionAgeGraceSeconds: number;
}

async function agesIn(file: string): Promise<Partial<Ages>> {
  if (!existsSync(file)) return {};
  const { grpc } = (parse(await readFile(file, 'utf8')) ?? {}) as { grpc?: Partial<Ages> };
  return grpc ?? {};
}

/**
 * How long pods that have lost the traffic may still be called, in seconds: a connection's age with its 10 % of jitter,
 * and the grace of the calls on it. By the values that the chart is given; the chart's NOTES say the same number.
 */
export async function connectionSeconds(
  root: string,
  environment: string,
  service: string,
): Promise<number> {
  const files = ['charts/service/values', `values/${service}`, `values/env/${environment}`];
  const ages = await Promise.all(files.map((file) => agesIn(join(root, 'helm', `${file}.yaml`))));
  const { maxConnectionAgeSeconds = 0, maxConnectionAgeGraceSeconds = 0 }: Partial<Ages> =
    Object.assign({}, ...ages) as Partial<Ages>;
  return Math.ceil((maxConnectionAgeSeconds * 11) / 10) + maxConnectionAgeGraceSeconds;
}
