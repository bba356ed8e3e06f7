import { spawn } from 'node:child_process';
import { chownSync, existsSync, readFileSync } from 'node:fs';
import { chown, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Placement } from './placement';
import { asUser } from './server-user';

/** The superuser's name in every cluster made here. */
export const superuser = 'postgres';

/**
 * Makes the cluster when there is none. Throws a sentence when the folder is from another major version or
 * belongs to somebody else.
 */
export async function ensureCluster(placement: Placement, password: string): Promise<void> {
  const { data, binaries } = placement;
  if (!existsSync(data)) return createCluster(placement, password);
  const major = majorOfCluster(data);
  if (major === undefined) {
    throw new Error(
      `${data} is not a PostgreSQL data folder. Move it away, or start with --reset.`,
    );
  }
  if (major !== binaries.major) {
    throw new Error(
      `The data in ${data} is of PostgreSQL ${major}, the installed programs are of PostgreSQL ` +
        `${binaries.major}. Check out the release that made the data, or start with --reset to begin empty.`,
    );
  }
}

/** The major version that made a data folder. Undefined: not a data folder. */
export function majorOfCluster(data: string): number | undefined {
  try {
    return Number(readFileSync(join(data, 'PG_VERSION'), 'utf8').trim());
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'EACCES') return undefined;
    throw new Error(
      `The data in ${data} belongs to another user. Start as that user, or remove it.`,
      {
        cause: error,
      },
    );
  }
}

async function createCluster(placement: Placement, password: string): Promise<void> {
  const { data, binaries, user } = placement;
  // Made beside and renamed, so that an interrupted start never leaves half a cluster.
  const unfinished = await mkdtemp(`${data}.new-`);
  const passwordFile = `${unfinished}.password`;
  try {
    await mkdir(unfinished, { recursive: true });
    await writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
    if (user !== undefined) {
      chownSync(unfinished, user.uid, user.gid);
      await chown(passwordFile, user.uid, user.gid);
    }
    await initdb(placement, binaries.initdb, unfinished, passwordFile);
    await rename(unfinished, data);
  } finally {
    await rm(passwordFile, { force: true });
    await rm(unfinished, { recursive: true, force: true });
  }
}

function initdb(placement: Placement, command: string, data: string, passwordFile: string) {
  const args = [
    `--pgdata=${data}`,
    `--username=${superuser}`,
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    // The built-in locale sorts alike on every system and needs none of its locales installed.
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    // The first checkpoint syncs everything anyway.
    '--no-sync',
  ];
  return new Promise<void>((resolve, reject) => {
    const child = spawn(command, args, {
      ...asUser(placement.user),
      cwd: '/',
      env: { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let errors = '';
    child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`initdb failed (${code ?? 'killed'}): ${errors.trim()}`));
    });
  });
}
