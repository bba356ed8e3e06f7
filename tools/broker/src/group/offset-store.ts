import * as fs from 'node:fs';
import { readFileIfAny, replaceFile, writeFully } from '../log/files';

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

// Rewritten when most lines are out of date; the slack keeps a small file from that.
const SLACK_LINES = 10_000;

/**
 * Committed offsets, in one file of JSON lines that is only appended to: a commit is one write, so it
 * survives the death of the process; a line cut short is dropped when the file is next opened.
 */
export class OffsetStore {
  private readonly groups = new Map<string, GroupOffsets>();
  private lines = 0;
  private fd: number;

  /** `hasTopic`: should the process die while it deletes a topic, the offsets may be left behind. */
  constructor(
    private readonly file: string,
    private readonly fsync: boolean,
    hasTopic: (topic: string) => boolean,
  ) {
    for (const line of (readFileIfAny(file) ?? '').split('\n')) {
      const entry = parseLine(line);
      if (entry) this.apply(entry);
    }
    this.forget((topic) => !hasTopic(topic));
    this.fd = this.rewrite();
  }

  /** Every group with committed offsets, and its protocol type. */
  protocolTypes(): [string, string][] {
    return [...this.groups].map(([group, { protocolType }]) => [group, protocolType]);
  }

  has(group: string): boolean {
    return this.groups.has(group);
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
    this.write([{ group, forgotten: true }]);
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
    // It begins with a line break: should an earlier write have failed half way, only that is lost.
    const lines = entries.map((entry) => `\n${JSON.stringify(entry)}`).join('') + '\n';
    writeFully(this.fd, Buffer.from(lines));
    if (this.fsync) fs.fdatasyncSync(this.fd);
    entries.forEach((entry) => this.apply(entry));
    this.lines += entries.length;
    const live = [...this.groups.values()].reduce((sum, group) => sum + group.byPartition.size, 0);
    if (this.lines > 4 * live + SLACK_LINES) this.shrink();
  }

  private apply(entry: Entry): void {
    if (!('group' in entry)) {
      this.forget((topic) => topic === entry.topic);
    } else if ('forgotten' in entry) {
      this.groups.delete(entry.group);
    } else {
      const { group, protocolType, ...offset } = entry;
      const known = this.groups.get(group) ?? { protocolType, byPartition: new Map() };
      known.protocolType = protocolType || known.protocolType;
      known.byPartition.set(partitionKey(offset.topic, offset.partition), offset);
      this.groups.set(group, known);
    }
  }

  private forget(isGone: (topic: string) => boolean): void {
    for (const [group, { byPartition }] of this.groups) {
      for (const [key, { topic }] of byPartition) if (isGone(topic)) byPartition.delete(key);
      if (byPartition.size === 0) this.groups.delete(group);
    }
  }

  /** What is written is safe already, so a failure here only leaves the file longer than need be. */
  private shrink(): void {
    const old = this.fd;
    this.lines = 0;
    try {
      this.fd = this.rewrite();
    } catch {
      return;
    }
    fs.closeSync(old);
  }

  /** Writes the file anew, and returns it open at its end. */
  private rewrite(): number {
    const lines = [...this.groups].flatMap(([group, { protocolType, byPartition }]) =>
      [...byPartition.values()].map(
        (one) => JSON.stringify({ group, protocolType, ...one }) + '\n',
      ),
    );
    const fd = replaceFile(this.file, lines.join(''));
    this.lines = lines.length;
    return fd;
  }
}

function partitionKey(topic: string, partition: number): string {
  return `${topic}/${partition}`;
}

function parseLine(line: string): Entry | undefined {
  try {
    return JSON.parse(line) as Entry;
  } catch {
    return undefined;
  }
}
