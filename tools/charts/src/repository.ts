import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** The folder that holds the whole repository. */
export const repository = join(__dirname, '../../..');

/** An absolute path from one that starts at the repository's root. */
export const inRepository = (path: string) => join(repository, path);

/** Whether the repository has this file or folder. */
export const isInRepository = (path: string) => existsSync(inRepository(path));
