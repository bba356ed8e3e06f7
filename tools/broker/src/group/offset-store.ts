import * as fs from 'node:fs';
import { readFileIfAny, writeFileAtomically } from '../log/files';

/** A group's position in one partition. */
export interface CommittedOffset {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  readonly leaderEpoch: number;
  readonly metadata: string;
}

type Entry =
  | ({ readonly group: string; readonly protocolType: string } & CommittedOffset)
  | { readonly group: string; readonly forgotten: true }
  | { readonly topic: string; readonly forgotten: true };

interface GroupOffsets {
  protocolType: string;
  readonly byPartition: Map<string, CommittedOffset>;
}

// Rewritten when most lines are out of date; the constant keeps a small file from being rewritten often.
const SLACK_LINES = 10_000;

/**
 * Committed offsets, in one file of JSON lines that is only appended to: a commit is one write, so it
 * survives the death of the process; a line cut short is dropped when the file is next opened.
 */
export class OffsetStore {
  private readonly groups = new Map<string, GroupOffsets>();
  private lines = 0;
  private fd: number;

  constructor(
    private readonly file: string,
    private readonly fsync: boolean,
  ) {
    for (const line of (readFileIfAny(file) ?? '').split('\n')) {
      const entry = parseLine(line);
      if (entry) this.apply(entry);
    }
    this.fd = this.rewrite();
  }

  groupIds(): string[] {
    return [...this.groups.keys()];
  }

  has(group: string): boolean {
    return this.groups.has(group);
  }

  protocolType(group: string): string {
    return this.groups.get(group)?.protocolType ?? '';
  }

  get(group: string, topic: string, partition: number): CommittedOffset | undefined {
    return this.groups.get(group)?.byPartition.get(partitionKey(topic, partition));
  }

  ofGroup(group: string): CommittedOffset[] {
    return [...(this.groups.get(group)?.byPartition.values() ?? [])];
  }

  commit(group: string, protocolType: string, offsets: readonly CommittedOffset[]): void {
    this.write(offsets.map((offset) => ({ group, protocolType, ...offset })));
  }

  forgetGroup(group: string): void {
    if (this.groups.has(group)) this.write([{ group, forgotten: true }]);
  }

  forgetTopic(topic: string): void {
    this.write([{ topic, forgotten: true }]);
  }

  close(): void {
    fs.fsyncSync(this.fd);
    fs.closeSync(this.fd);
  }

  private write(entries: readonly Entry[]): void {
    if (entries.length === 0) return;
    // It begins with a line break: should an earlier write have failed half way, only that one is lost.
    fs.writeSync(this.fd, entries.map((entry) => `\n${JSON.stringify(entry)}`).join('') + '\n');
    if (this.fsync) fs.fdatasyncSync(this.fd);
    entries.forEach((entry) => this.apply(entry));
    this.lines += entries.length;
    if (this.lines > 4 * this.count() + SLACK_LINES) {
      fs.closeSync(this.fd);
      this.fd = this.rewrite();
    }
  }

  private apply(entry: Entry): void {
    if (!('group' in entry)) {
      for (const { byPartition } of this.groups.values()) {
        for (const [key, { topic }] of byPartition) {
          if (topic === entry.topic) byPartition.delete(key);
        }
      }
      return;
    }
    if ('forgotten' in entry) {
      this.groups.delete(entry.group);
      return;
    }
    const { group, protocolType, ...offset } = entry;
    const known = this.groups.get(group) ?? { protocolType, byPartition: new Map() };
    known.protocolType = protocolType || known.protocolType;
    known.byPartition.set(partitionKey(offset.topic, offset.partition), offset);
    this.groups.set(group, known);
  }

  private rewrite(): number {
    const lines: string[] = [];
    for (const [group, { protocolType, byPartition }] of this.groups) {
      for (const offset of byPartition.values()) {
        lines.push(JSON.stringify({ group, protocolType, ...offset }) + '\n');
      }
    }
    writeFileAtomically(this.file, lines.join(''));
    this.lines = lines.length;
    return fs.openSync(this.file, 'a');
  }

  private count(): number {
    return [...this.groups.values()].reduce((sum, group) => sum + group.byPartition.size, 0);
  }
}

function partitionKey(topic: string, partition: number): string {
  return `${topic}/${partition}`;
}

function parseLine(line: string): Entry | undefined {
  if (line === '') return undefined;
  try {
    return JSON.parse(line) as Entry;
  } catch {
    return undefined;
  }
}
