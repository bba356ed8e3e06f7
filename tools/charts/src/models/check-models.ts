import { nameOf, type Manifest } from '../manifest';
import { findModel, problemsOf } from './find-model';
import { readLists } from './lists';
import { typecheck, type Typed } from './typecheck';

/** What was checked, what is wrong, and which entries of the lists were not needed. */
export interface Checked {
  objects: number;
  problems: string[];
  unused: string[];
}

/** Checks all objects by the schemas and, together, by the compiler. Equal objects are checked once. */
export async function checkModels(objects: readonly Manifest[]): Promise<Checked> {
  const lists = readLists();
  const problems: string[] = [];
  const typed: Typed[] = [];
  const distinct = new Map(objects.map((object) => [JSON.stringify(object), object]));
  for (const object of distinct.values()) {
    const { apiVersion, kind } = object;
    const model = findModel(lists.standIn(object)?.use ?? apiVersion, kind);
    if (!model) {
      if (!lists.isWithoutModel(object))
        problems.push(`no package describes ${apiVersion} ${kind}`);
      continue;
    }
    const label = `${apiVersion} ${nameOf(object)}`;
    const manifest = lists.withoutNewerFields(object);
    const wrong = await problemsOf(manifest, model);
    problems.push(...wrong.map((problem) => `${label}: ${problem}`));
    typed.push({ manifest, model, label });
  }
  return {
    objects: typed.length,
    problems: [...new Set([...problems, ...typecheck(typed)])],
    unused: lists.unused(),
  };
}
