import { readdirSync } from 'node:fs';
import type { Manifest } from '../manifest';
import { inRepository } from '../repository';
import { readYaml } from '../values';
import { structuralProblems, type StructuralSchema } from './structural';

/** A file of `schemas/`: kinds of one operator that no npm package describes. */
export interface SchemaFile {
  /** Where its schemas come from. */
  source: string;
  /** By `<group>/<version> <kind>`; without apiVersion, kind and metadata, which are the same everywhere. */
  kinds: Record<string, StructuralSchema>;
}

export const SCHEMAS = 'tools/charts/src/models/schemas';

export const keyOf = ({ apiVersion, kind }: Pick<Manifest, 'apiVersion' | 'kind'>) =>
  `${apiVersion} ${kind}`;

/** The schemas of `schemas/`, by apiVersion and kind. */
export const readSchemas = (): Map<string, StructuralSchema> =>
  new Map(
    readdirSync(inRepository(SCHEMAS))
      .filter((file) => file.endsWith('.yaml'))
      .flatMap((file) => Object.entries((readYaml(`${SCHEMAS}/${file}`) as SchemaFile).kinds)),
  );

/** What is wrong with an object by a schema of `schemas/`. */
export function keptProblems(manifest: Manifest, schema: StructuralSchema): string[] {
  const { apiVersion: _version, kind: _kind, metadata: _metadata, ...rest } = manifest;
  return structuralProblems(rest, schema, '');
}
