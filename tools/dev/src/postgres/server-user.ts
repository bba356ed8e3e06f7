import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';

/** The operating system's user that the server runs as. */
export interface ServerUser {
  name: string;
  uid: number;
  gid: number;
}

/** Accounts without rights that are usual on Linux and macOS, in the order they are tried. */
const unprivileged = ['postgres', '_postgres', 'nobody'];

/**
 * Whom the server runs as: undefined means as the caller. PostgreSQL refuses to run as root, so root lends
 * it another user: the owner of an existing data folder, else an unprivileged account of this machine.
 * Throws when root finds none.
 */
export function serverUser(dataDir: string): ServerUser | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const owner = ownerOf(dataDir);
  if (owner !== undefined) return owner;
  for (const name of unprivileged) {
    const user = lookUp(name);
    if (user !== undefined && user.uid !== 0) return user;
  }
  throw new Error(
    `PostgreSQL cannot run as root, and this machine has none of the users ${unprivileged.join(', ')}. ` +
      'Start as an ordinary user, or create the user "postgres".',
  );
}

/** Whether the user can enter a folder: asked of the system itself, so access lists count too. */
export function canEnter(user: ServerUser | undefined, folder: string): boolean {
  const options = { ...asUser(user), cwd: '/', stdio: 'ignore' as const };
  return spawnSync('/bin/sh', ['-c', 'cd "$1"', 'sh', folder], options).status === 0;
}

/** Spawn options that make a child run as the user. */
export function asUser(user: ServerUser | undefined): { uid?: number; gid?: number } {
  return user === undefined ? {} : { uid: user.uid, gid: user.gid };
}

function ownerOf(dataDir: string): ServerUser | undefined {
  if (!existsSync(dataDir)) return undefined;
  const { uid, gid } = statSync(dataDir);
  if (uid === 0) return undefined;
  const { status, stdout } = spawnSync('id', ['-un', String(uid)], { encoding: 'utf8' });
  return { name: status === 0 ? stdout.trim() : `uid ${uid}`, uid, gid };
}

function lookUp(name: string): ServerUser | undefined {
  const [uid, gid] = ['-u', '-g'].map((flag) => {
    const { status, stdout } = spawnSync('id', [flag, name], { encoding: 'utf8' });
    return status === 0 ? Number(stdout.trim()) : Number.NaN;
  });
  if (uid === undefined || gid === undefined || Number.isNaN(uid) || Number.isNaN(gid)) return;
  return { name, uid, gid };
}
