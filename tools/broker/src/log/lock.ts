import * as fs from 'node:fs';
import * as path from 'node:path';
import { readFileIfAny } from './files';

// In a container the killed broker and its successor may share a process id, so a lock that names
// this very process counts only if this process holds it.
const heldHere = new Set<string>();

/** Makes sure that one broker uses the folder. Returns the release. Throws if another has it. */
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
  const own = `${file}.${process.pid}`;
  const takeover = `${file}.takeover`;
  fs.writeFileSync(own, `${process.pid} ${startTime(process.pid)}`);
  try {
    if (link(own, file)) return true;
    if (!isStale(file)) return false;
    // Only one at a time may take over a stale lock, and who comes second has to look at it again.
    if (isStale(takeover)) fs.rmSync(takeover, { force: true });
    if (!link(own, takeover)) return false;
    const mayReplace = isStale(file);
    if (mayReplace) fs.renameSync(own, file);
    fs.rmSync(takeover);
    return mayReplace;
  } finally {
    fs.rmSync(own, { force: true });
  }
}

/** Makes a lock that has its content from the first moment on; false if there is one. */
function link(own: string, file: string): boolean {
  try {
    fs.linkSync(own, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** Whether the lock is there but the process that made it is not. */
function isStale(lock: string): boolean {
  const content = readFileIfAny(lock);
  if (content === undefined) return false;
  const [pid = 0, started] = content.split(' ').map(Number);
  if (!pid || pid === process.pid) return true;
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'EPERM';
  }
  return startTime(pid) !== started;
}

/** Tells a process from a later one with the same id. Linux only (proc(5)); 0 elsewhere. */
function startTime(pid: number): number {
  try {
    const stat = fs.readFileSync(`/proc/${pid}/stat`, 'utf8');
    const [state, ...fields] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    // A zombie has ended, and in a container without an init process nobody ever asks how.
    return state === 'Z' ? -1 : Number(fields[18]);
  } catch {
    return 0;
  }
}
