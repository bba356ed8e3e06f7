import { nameOf, type Manifest } from '../manifest';
import { findModel, problemsOf } from './find-model';
import { keptProblems, keyOf, readSchemas } from './kept-schemas';
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
  const schemas = readSchemas();
  const idle = new Set(schemas.keys());
  const problems: string[] = [];
  const typed: Typed[] = [];
  const distinct = new Map(objects.map((object) => [JSON.stringify(object), object]));
  for (const object of distinct.values()) {
    const { apiVersion, kind } = object;
    const model = findModel(lists.standIn(object)?.use ?? apiVersion, kind);
    const label = `${apiVersion} ${nameOf(object)}`;
    if (!model) {
      const schema = schemas.get(keyOf(object));
      const wrong = schema ? keptProblems(object, schema) : ['no package or schema describes it'];
      problems.push(...wrong.map((problem) => `${label}: ${problem}`));
      idle.delete(keyOf(object));
      continue;
    }
    const manifest = lists.withoutNewerFields(object);
    const wrong = await problemsOf(manifest, model);
    problems.push(...wrong.map((problem) => `${label}: ${problem}`));
    typed.push({ manifest, model, label });
  }
  return {
    objects: distinct.size,
    problems: [...new Set([...problems, ...typecheck(typed)])],
    unused: [...lists.unused(), ...idle],
  };
}
