import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The folder of the repository, found from where this code runs (source or `dist/`). */
export const workspaceRoot = findUp(__dirname, 'nx.json');

function findUp(folder: string, file: string): string {
  if (existsSync(join(folder, file))) return folder;
  const parent = dirname(folder);
  if (parent === folder)
    throw new Error(`No ${file} above ${__dirname}: this is not the repository.`);
  return findUp(parent, file);
}
