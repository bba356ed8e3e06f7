import * as fs from 'node:fs';
import * as path from 'node:path';
import { readFileIfAny, writeFileAtomically } from '../log/files';
import { PartitionLog } from '../log/partition-log';
import { ErrorCode, ProtocolError } from '../protocol/errors';
import { type ConfigValues, type TopicConfig, toTopicConfig } from './topic-config';
import { checkTopicName, collides } from './topic-name';

const TOPIC_FILE = 'topic.json';

/** A topic and its open partitions, partition n at index n. */
export interface Topic {
  readonly name: string;
  values: ConfigValues;
  config: TopicConfig;
  readonly partitions: PartitionLog[];
}

/** What the registry needs to know of the broker's options. */
export interface RegistryOptions {
  readonly fsync: boolean;
  readonly maxPartitionsPerTopic: number;
  readonly log: (line: string) => void;
}

/** All topics: a folder each, holding `topic.json` and a folder per partition. */
export class TopicRegistry {
  private readonly topics = new Map<string, Topic>();
  private readonly folder: string;
  private readonly trash: string;
  private trashed = 0;

  constructor(
    dataDir: string,
    private readonly options: RegistryOptions,
  ) {
    this.folder = path.join(dataDir, 'topics');
    this.trash = path.join(dataDir, 'trash');
    fs.rmSync(this.trash, { recursive: true, force: true });
    fs.mkdirSync(this.folder, { recursive: true });
    fs.mkdirSync(this.trash, { recursive: true });
    for (const name of fs.readdirSync(this.folder).sort()) this.load(name);
  }

  all(): Topic[] {
    return [...this.topics.values()];
  }

  get(name: string): Topic | undefined {
    return this.topics.get(name);
  }

  /** The partition. Throws ProtocolError (UNKNOWN_TOPIC_OR_PARTITION). */
  partition(name: string, index: number): PartitionLog {
    return this.require(name).partitions[index] ?? unknown(`${name}/${index}`);
  }

  /** The topic. Throws ProtocolError (UNKNOWN_TOPIC_OR_PARTITION). */
  require(name: string): Topic {
    return this.topics.get(name) ?? unknown(name);
  }

  /** Throws ProtocolError unless a topic of that name and size could be created now. */
  checkNew(name: string, partitions: number): void {
    checkTopicName(name);
    if (this.topics.has(name)) {
      throw new ProtocolError(ErrorCode.TOPIC_ALREADY_EXISTS, `topic ${name} exists`);
    }
    const other = this.all().find((topic) => collides(topic.name, name));
    if (other) throw new ProtocolError(ErrorCode.INVALID_TOPIC, `collides with ${other.name}`);
    this.checkPartitionCount(partitions);
  }

  create(name: string, partitions: number, values: ConfigValues): void {
    this.checkNew(name, partitions);
    const folder = path.join(this.folder, name);
    fs.mkdirSync(folder, { recursive: true });
    // The file is what makes the topic exist: a folder without one is a creation that was cut off.
    this.save(name, partitions, values);
    this.load(name);
  }

  /** Throws ProtocolError unless the topic could grow to that many partitions. */
  checkGrowth(name: string, partitions: number): void {
    const current = this.require(name).partitions.length;
    this.checkPartitionCount(partitions);
    if (partitions <= current) {
      throw new ProtocolError(
        ErrorCode.INVALID_PARTITIONS,
        `topic ${name} has ${current} partitions, cannot have ${partitions}`,
      );
    }
  }

  addPartitions(name: string, partitions: number): void {
    this.checkGrowth(name, partitions);
    const topic = this.require(name);
    this.save(name, partitions, topic.values);
    this.openPartitions(topic, partitions);
  }

  configure(name: string, values: ConfigValues): void {
    const topic = this.require(name);
    this.save(name, topic.partitions.length, values);
    topic.values = values;
    topic.config = toTopicConfig(values);
  }

  delete(name: string): void {
    const topic = this.require(name);
    this.topics.delete(name);
    topic.partitions.forEach((partition) => partition.close());
    // One rename deletes it; should the process die before the files are gone, the next start finishes.
    const doomed = path.join(this.trash, String((this.trashed += 1)));
    fs.renameSync(path.join(this.folder, name), doomed);
    fs.rmSync(doomed, { recursive: true, force: true });
  }

  close(): void {
    for (const topic of this.topics.values()) {
      topic.partitions.forEach((partition) => partition.close());
    }
    this.topics.clear();
  }

  private checkPartitionCount(partitions: number): void {
    const { maxPartitionsPerTopic } = this.options;
    if (partitions < 1 || partitions > maxPartitionsPerTopic) {
      throw new ProtocolError(
        ErrorCode.INVALID_PARTITIONS,
        `partitions must be between 1 and ${maxPartitionsPerTopic}`,
      );
    }
  }

  private load(name: string): void {
    const saved = readFileIfAny(path.join(this.folder, name, TOPIC_FILE));
    if (saved === undefined) return;
    const { partitions, config } = JSON.parse(saved) as {
      partitions: number;
      config: ConfigValues;
    };
    const topic: Topic = { name, values: config, config: toTopicConfig(config), partitions: [] };
    this.openPartitions(topic, partitions);
    this.topics.set(name, topic);
  }

  private openPartitions(topic: Topic, count: number): void {
    for (let index = topic.partitions.length; index < count; index += 1) {
      const folder = path.join(this.folder, topic.name, String(index));
      topic.partitions.push(PartitionLog.open(folder, () => topic.config, this.options));
    }
  }

  private save(name: string, partitions: number, config: ConfigValues): void {
    const content = JSON.stringify({ partitions, config }, null, 2);
    writeFileAtomically(path.join(this.folder, name, TOPIC_FILE), content);
  }
}

function unknown(what: string): never {
  throw new ProtocolError(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, `unknown: ${what}`);
}
