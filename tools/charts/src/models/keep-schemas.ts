// Makes a file of `schemas/` from an operator's CustomResourceDefinitions:
//   node --import tsx tools/charts/src/models/keep-schemas.ts FILE 'SOURCE' CRD.yaml...
// Kept is what the objects of this repository can be wrong in: every field beside one that they use, without its text.
// What is below a field that nothing uses is left out, or the files would be thirty times as long.
import { readFileSync, writeFileSync } from 'node:fs';
import { argv } from 'node:process';
import { parseAllDocuments, stringify } from 'yaml';
import { installEverything } from '../install';
import type { Manifest } from '../manifest';
import { inRepository } from '../repository';
import { keyOf, SCHEMAS, type SchemaFile } from './kept-schemas';
import type { StructuralSchema } from './structural';

interface Definition {
  kind?: string;
  spec: {
    group: string;
    names: { kind: string };
    versions: { name: string; schema: { openAPIV3Schema: StructuralSchema } }[];
  };
}

const WORDS = [
  'type',
  'required',
  'enum',
  'pattern',
  'minimum',
  'maximum',
  'x-kubernetes-int-or-string',
  'x-kubernetes-preserve-unknown-fields',
] as const;

type Tree = Record<string, unknown>;

const treesOf = (values: readonly unknown[]) =>
  values.filter((value): value is Tree => typeof value === 'object' && value !== null);

function leaveOut({ type, properties, items, additionalProperties }: StructuralSchema) {
  const isDeep = properties ?? items ?? additionalProperties;
  return { ...(type && { type }), ...(isDeep && { 'x-left-out': true }) };
}

/** A schema without what is below fields that no value has. */
function keep(schema: StructuralSchema, values: readonly unknown[]): StructuralSchema {
  const words = WORDS.filter((word) => schema[word] !== undefined);
  const { properties, additionalProperties, items } = schema;
  const trees = treesOf(values);
  const known = Object.entries(properties ?? {}).map(([name, below]) => {
    const used = trees.filter((tree) => name in tree).map((tree) => tree[name]);
    return [name, used.length > 0 ? keep(below, used) : leaveOut(below)] as const;
  });
  return {
    ...Object.fromEntries(words.map((word) => [word, schema[word]])),
    ...(properties && { properties: Object.fromEntries(known) }),
    ...(additionalProperties && {
      additionalProperties: keep(additionalProperties, trees.flatMap(Object.values)),
    }),
    ...(items && { items: keep(items, values.flat()) }),
  };
}

const definitionsIn = (file: string): Definition[] =>
  parseAllDocuments(readFileSync(file, 'utf8'))
    .map((document) => document.toJS() as Definition | null)
    .filter((crd): crd is Definition => crd?.kind === 'CustomResourceDefinition');

const EVERYWHERE = ['apiVersion', 'kind', 'metadata'];

/** Without what every object has. */
function ownPart({ properties = {}, required = [], ...rest }: StructuralSchema): StructuralSchema {
  const own = Object.entries(properties).filter(([name]) => !EVERYWHERE.includes(name));
  return {
    ...rest,
    required: required.filter((name) => !EVERYWHERE.includes(name)),
    properties: Object.fromEntries(own),
  };
}

async function main([name = '', source = '', ...files]: string[]): Promise<void> {
  const { installations } = await installEverything();
  const rendered = installations.flatMap(({ objects }) => objects);
  const kinds: SchemaFile['kinds'] = {};
  for (const { spec } of files.flatMap(definitionsIn)) {
    for (const version of spec.versions) {
      const key = keyOf({ apiVersion: `${spec.group}/${version.name}`, kind: spec.names.kind });
      const used = rendered.filter((object: Manifest) => keyOf(object) === key);
      if (used.length > 0) kinds[key] = keep(ownPart(version.schema.openAPIV3Schema), used);
    }
  }
  const text = stringify({ source, kinds } satisfies SchemaFile, { lineWidth: 120 });
  writeFileSync(inRepository(`${SCHEMAS}/${name}.yaml`), text);
}

main(argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
