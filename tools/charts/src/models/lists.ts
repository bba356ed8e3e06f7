import type { Manifest } from '../manifest';
import { readYaml } from '../values';

/** What all entries of the lists of this folder have. */
interface Entry {
  apiVersion: string;
  kind: string;
  reason: string;
}

export type StandIn = Entry & { use: string };
export type NewerField = Entry & { field: string };

const read = <T extends Entry>(name: string): T[] =>
  (readYaml(`tools/charts/src/models/${name}.yaml`) ?? []) as T[];

/** The lists of exceptions, and which of their entries were needed. */
export function readLists() {
  const standIns = read<StandIn>('stand-ins');
  const newer = read<NewerField>('newer-fields');
  const used = new Set<Entry>();
  const use = <T extends Entry>(entries: readonly T[], { apiVersion, kind }: Manifest): T[] =>
    entries.filter((entry) => entry.apiVersion === apiVersion && entry.kind === kind);
  const first = <T extends Entry>(entries: readonly T[], manifest: Manifest): T | undefined => {
    const [entry] = use(entries, manifest);
    if (entry) used.add(entry);
    return entry;
  };
  return {
    standIn: (manifest: Manifest) => first(standIns, manifest),
    /** A copy of the object without the fields that its model does not know. */
    withoutNewerFields(manifest: Manifest): Manifest {
      const copy = structuredClone(manifest);
      for (const entry of use(newer, manifest))
        if (remove(copy, entry.field.split('.'))) used.add(entry);
      return copy;
    },
    unused: () =>
      [...standIns, ...newer]
        .filter((entry) => !used.has(entry))
        .map((entry) =>
          [entry.apiVersion, entry.kind, 'field' in entry ? entry.field : ''].join(' ').trim(),
        ),
  };
}

/** Removes a field, in every element where the path says `[]`. Returns whether it was there. */
function remove(tree: unknown, [step = '', ...rest]: readonly string[]): boolean {
  if (typeof tree !== 'object' || tree === null) return false;
  const node = tree as Record<string, unknown>;
  const name = step.replace('[]', '');
  if (!(name in node)) return false;
  if (rest.length === 0) return Reflect.deleteProperty(node, name);
  const below = node[name];
  const branches: unknown[] = step.endsWith('[]') && Array.isArray(below) ? below : [below];
  return branches.map((branch) => remove(branch, rest)).includes(true);
}
