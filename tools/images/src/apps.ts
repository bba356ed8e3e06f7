import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Folder of the repository; every command here runs in it. */
export const workspaceRoot = join(import.meta.dirname, '../../..');

/** The apps that have an image: every folder of `apps/` with a program. */
export function allApps(): string[] {
  const folder = join(workspaceRoot, 'apps');
  return readdirSync(folder)
    .filter((name) => existsSync(join(folder, name, 'src/main.ts')))
    .sort();
}

/** The named apps, or all. Throws for a name that no app has. */
export function chosenApps(names: string[]): string[] {
  const known = allApps();
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined) {
    throw new Error(`There is no app "${unknown}". The apps are: ${known.join(', ')}.`);
  }
  return names.length === 0 ? known : names;
}
