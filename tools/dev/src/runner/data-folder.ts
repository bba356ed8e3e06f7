import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { readdir, rm, rmdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { elsewhere } from '../postgres/placement';
import { startOf } from './process-identity';

/** Where things are in `.data/`. */
export interface DataFolder {
  root: string;
  postgres: string;
  broker: string;
  /** What the card processor keeps. */
  cardProcessor: string;
  logs: string;
  /** Mails that were sent to somebody, as files. */
  mail: string;
  secrets: string;
  runtime: string;
  lock: string;
}

/** The layout of a data folder; makes nothing. */
export function dataFolder(root: string): DataFolder {
  return {
    root,
    postgres: join(root, 'postgres'),
    broker: join(root, 'broker'),
    cardProcessor: join(root, 'card-processor'),
    logs: join(root, 'logs'),
    mail: join(root, 'mail'),
    secrets: join(root, 'secrets.json'),
    runtime: join(root, 'runtime.json'),
    lock: join(root, 'runner.lock'),
  };
}

/** Keeps every other runner off the folder until the answer is called. Throws a sentence when one has it. */
export function lockDataFolder({ root, logs, lock }: DataFolder): () => void {
  mkdirSync(logs, { recursive: true });
  const mine = `${lock}.${process.pid}`;
  writeFileSync(mine, JSON.stringify({ pid: process.pid, started: startOf(process.pid) }));
  try {
    for (;;) {
      if (tryLink(mine, lock)) return () => rmSync(lock, { force: true });
      const holder = holderOf(lock);
      if (holder !== undefined) {
        throw new Error(
          `Quayside already runs on ${root} (pid ${holder}). Stop it first (Ctrl-C), or use another ` +
            'folder: npm start -- --data <folder>.',
        );
      }
      rmSync(lock, { force: true });
    }
  } finally {
    rmSync(mine, { force: true });
  }
}

/** The pid of the runner that has the folder, if one lives. */
export function holderOf(lock: string): number | undefined {
  try {
    const { pid, started } = JSON.parse(readFileSync(lock, 'utf8')) as {
      pid: number;
      started?: string;
    };
    return started !== undefined && startOf(pid) === started ? pid : undefined;
  } catch {
    return undefined;
  }
}

/** Empties the folder, and the one outside it where PostgreSQL's data may be; the lock stays. */
export async function emptyDataFolder({ root, postgres }: DataFolder): Promise<void> {
  for (const name of await readdir(root)) {
    if (name !== 'runner.lock') await rm(join(root, name), { recursive: true, force: true });
  }
  const outside = elsewhere(postgres);
  if (existsSync(outside)) {
    await rm(outside, { recursive: true, force: true });
    // The folder around it too, unless something else is in it.
    await rmdir(dirname(outside)).catch(() => undefined);
  }
  mkdirSync(join(root, 'logs'), { recursive: true });
}

/** A hard link is made by one caller only, and is never seen half written. */
function tryLink(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}
