import * as fs from 'node:fs';
import * as path from 'node:path';
import { readFileIfAny } from './files';

// In a container the killed broker and its successor may share a process id, so a lock that names
// this very process counts only if this process holds it.
const heldHere = new Set<string>();

/** Makes sure that one broker uses the folder. Returns the release. Throws if another one has it. */
export function lockFolder(folder: string): () => void {
  const file = path.join(fs.realpathSync(folder), 'broker.lock');
  if (heldHere.has(file) || !claim(file)) {
    throw new Error(`The data folder ${folder} is in use by another broker (see ${file}).`);
  }
  heldHere.add(file);
  return () => {
    heldHere.delete(file);
    fs.rmSync(file, { force: true });
  };
}

function claim(file: string): boolean {
  if (createLock(file)) return true;
  const found = readFileIfAny(file);
  if (found !== undefined && isAlive(found)) return false;
  // Renamed first: of two brokers that find the same stale lock, one rename wins.
  try {
    fs.renameSync(file, `${file}.stale`);
  } catch {
    return false;
  }
  fs.rmSync(`${file}.stale`, { force: true });
  return createLock(file);
}

function createLock(file: string): boolean {
  try {
    fs.writeFileSync(file, `${process.pid} ${startTime(process.pid)}`, { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function isAlive(lock: string): boolean {
  const [pid = 0, started] = lock.split(' ').map(Number);
  if (!pid || pid === process.pid) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  return startTime(pid) === started;
}

/** Tells a process from a later one with the same id. Linux only (proc(5)); 0 elsewhere. */
function startTime(pid: number): number {
  try {
    const stat = fs.readFileSync(`/proc/${pid}/stat`, 'utf8');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]);
  } catch {
    return 0;
  }
}
