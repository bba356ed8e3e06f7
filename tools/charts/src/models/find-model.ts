import { existsSync } from 'node:fs';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Manifest } from '../manifest';
import { inRepository } from '../repository';

/** Where the schema and the type of one kind are. */
export interface FoundModel {
  /** What to import. */
  module: string;
  kind: string;
  /** The version it describes: another one than the object's when the list of stand-ins says so. */
  apiVersion: string;
}

interface Checkable {
  validate(): void;
}

type Model = new (data: Manifest) => Checkable;

const scope = inRepository('node_modules/@kubernetes-models');
const packages = [
  'kubernetes-models',
  ...readdirSync(scope).map((name) => `@kubernetes-models/${name}`),
];

/** The model of one kind in one version, from the installed packages. */
export function findModel(apiVersion: string, kind: string): FoundModel | undefined {
  for (const name of packages) {
    const module = `${name}/${apiVersion}/${kind}`;
    const file = join(inRepository('node_modules'), `${module}.js`);
    if (existsSync(file)) return { module, kind, apiVersion };
  }
  return undefined;
}

/** Checks one object by its schema. Returns what is wrong with it, nothing when it is right. */
export async function problemsOf(manifest: Manifest, model: FoundModel): Promise<string[]> {
  const found = (await import(model.module)) as Record<string, Model | undefined>;
  const Kind = found[model.kind];
  if (!Kind) throw new Error(`${model.module} exports no ${model.kind}.`);
  try {
    new Kind({ ...manifest, apiVersion: model.apiVersion }).validate();
    return [];
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
}
