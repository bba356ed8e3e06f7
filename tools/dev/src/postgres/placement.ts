import { createHash } from 'node:crypto';
import { accessSync, constants, existsSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { copyBinaries, installedFolder, usableBinaries, type Binaries } from './binaries';
import { canEnter, serverUser, type ServerUser } from './server-user';

/** Where a server's parts are. */
export interface Placement {
  /** The folder of the cluster; the wished one unless the server's user cannot get there. */
  data: string;
  binaries: Binaries;
  user: ServerUser | undefined;
  /** Sentences for the person who started it: what is somewhere else than expected. */
  notices: string[];
}

/**
 * Decides who runs the server and where its files are. As root the server runs as another user, who cannot
 * enter a 0700 home: data and programs then go to a folder that it can enter, and a notice says where.
 */
export async function placePostgres(wished: string): Promise<Placement> {
  const data = resolve(wished);
  mkdirSync(dirname(data), { recursive: true });
  const user = serverUser(data);
  const notices: string[] = [];
  if (user === undefined)
    return { data, user, notices, binaries: await findBinaries(user, notices) };
  const other = elsewhere(data);
  // Data that had to go there stays there, even if the way to the wished folder is open now.
  const settled = !existsSync(data) && existsSync(join(other, 'PG_VERSION'));
  if (!settled && canEnter(user, dirname(data))) {
    return { data, user, notices, binaries: await findBinaries(user, notices) };
  }
  mkdirSync(dirname(other), { recursive: true, mode: 0o755 });
  const owner = serverUser(other) ?? user;
  notices.push(
    `PostgreSQL runs as the user "${owner.name}", who cannot enter ${dirname(data)}. Its data is in ${other}.`,
  );
  return { data: other, user: owner, notices, binaries: await findBinaries(owner, notices) };
}

/** Where the data of a folder is that the server's user cannot enter; the same place for the same folder. */
export function elsewhere(data: string): string {
  const hash = createHash('sha256').update(resolve(data)).digest('hex').slice(0, 8);
  return join(sharedFolder(), `${basename(data)}-${hash}`);
}

/** The programs where they are installed or, when the user cannot run them there, a copy. */
async function findBinaries(user: ServerUser | undefined, notices: string[]): Promise<Binaries> {
  const installed = installedFolder();
  const found = await usableBinaries(installed, user);
  if (!('problem' in found)) return found;
  if (user === undefined) throw unusable(found.problem);
  const version = createHash('sha256').update(installed).digest('hex').slice(0, 8);
  const copy = join(sharedFolder(), `programs-${process.platform}-${process.arch}-${version}`);
  if (!existsSync(copy)) {
    notices.push(
      `The user "${user.name}" cannot run the programs under ${installed}; they are copied to ${copy}.`,
    );
  }
  await copyBinaries(installed, copy);
  const copied = await usableBinaries(copy, user);
  if ('problem' in copied) throw unusable(copied.problem);
  return copied;
}

function unusable(problem: string): Error {
  return new Error(
    `PostgreSQL's programs do not run here (${problem}). ` +
      'Run npm ci again with install scripts allowed; they complete these programs.',
  );
}

/** A folder outside any home that lasts; the temporary folder where there is no such place to write. */
function sharedFolder(): string {
  const lasting = process.platform === 'darwin' ? '/usr/local/var' : '/var/lib';
  try {
    accessSync(lasting, constants.W_OK);
    return join(lasting, 'quayside');
  } catch {
    return join(tmpdir(), 'quayside');
  }
}
