import * as fs from 'node:fs';
import * as path from 'node:path';
import { readFileIfAny, replaceFile, syncFolder } from '../log/files';

/** A group's position in one partition. */
export interface CommittedOffset {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  readonly leaderEpoch: number;
  readonly metadata: string;
}

interface Entry extends CommittedOffset {
  readonly group: string;
  readonly protocolType: string;
}

/** Stands for the offset in an entry that takes back earlier ones. */
const FORGOTTEN = -1;
// Rewritten when most lines are out of date; the slack keeps a small file from that.
const SLACK_LINES = 10_000;

/**
 * Committed offsets, in one file of JSON lines that is only appended to: a commit is one write, so
 * it survives the death of the process; a line cut short is dropped when the file is next opened.
 */
export class OffsetStore {
  private readonly groups = new Map<string, Map<string, Entry>>();
  private lines = 0;
  private fd: number;

  /** `hasTopic`: a process that dies while it deletes a topic may leave its offsets behind. */
  constructor(
    private readonly file: string,
    private readonly fsync: boolean,
    hasTopic: (topic: string) => boolean,
  ) {
    for (const line of (readFileIfAny(file) ?? '').split('\n')) {
      const entry = parseLine(line);
      if (entry && hasTopic(entry.topic)) this.apply(entry);
    }
    this.fd = this.rewrite();
    syncFolder(path.dirname(file));
  }

  groupIds(): string[] {
    return [...this.groups.keys()];
  }

  get(group: string, topic: string, partition: number): CommittedOffset | undefined {
    return this.groups.get(group)?.get(`${topic}/${partition}`);
  }

  ofGroup(group: string): Entry[] {
    return [...(this.groups.get(group)?.values() ?? [])];
  }

  commit(group: string, protocolType: string, offsets: readonly CommittedOffset[]): void {
    this.write(offsets.map((offset) => ({ group, protocolType, ...offset })));
  }

  /** Takes back the commits of a group, or those for a topic. */
  forget({ group, topic }: { readonly group?: string; readonly topic?: string }): void {
    const gone = this.all().filter((entry) => entry.group === group || entry.topic === topic);
    this.write(gone.map((entry) => ({ ...entry, offset: FORGOTTEN })));
  }

  close(): void {
    fs.fsyncSync(this.fd);
    fs.closeSync(this.fd);
  }

  private all(): Entry[] {
    return this.groupIds().flatMap((group) => this.ofGroup(group));
  }

  private write(entries: readonly Entry[]): void {
    if (entries.length === 0) return;
    // It begins with a line break: should an earlier write have failed half way, only that is lost.
    fs.writeFileSync(this.fd, Buffer.from(`\n${linesOf(entries)}`));
    if (this.fsync) fs.fdatasyncSync(this.fd);
    entries.forEach((entry) => this.apply(entry));
    this.lines += entries.length;
    const live = [...this.groups.values()].reduce((sum, { size }) => sum + size, 0);
    if (this.lines <= 4 * live + SLACK_LINES) return;
    const old = this.fd;
    try {
      // From here on the old file has no name: whatever else fails, the new one is written to.
      this.fd = this.rewrite();
      fs.closeSync(old);
      syncFolder(path.dirname(this.file));
    } catch {
      // What is written is safe already: the file is only longer than need be, until the next time.
    }
  }

  private apply(entry: Entry): void {
    const { group, topic, partition, offset } = entry;
    const known = this.groups.get(group) ?? new Map<string, Entry>();
    if (offset === FORGOTTEN) known.delete(`${topic}/${partition}`);
    else known.set(`${topic}/${partition}`, entry);
    if (known.size > 0) this.groups.set(group, known);
    else this.groups.delete(group);
  }

  /** Replaces the file by one without what is out of date, and returns it open at its end. */
  private rewrite(): number {
    const entries = this.all();
    this.lines = entries.length;
    return replaceFile(this.file, linesOf(entries));
  }
}

function linesOf(entries: readonly Entry[]): string {
  return entries.map((entry) => `${JSON.stringify(entry)}\n`).join('');
}

function parseLine(line: string): Entry | undefined {
  try {
    return JSON.parse(line) as Entry;
  } catch {
    return undefined;
  }
}
