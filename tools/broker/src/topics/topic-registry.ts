import * as fs from 'node:fs';
import * as path from 'node:path';
import { readFileIfAny, syncFolder, writeFileAtomically } from '../log/files';
import { LEADER_EPOCH, PartitionLog } from '../log/partition-log';
import type { Settings } from '../options';
import { refuse } from '../protocol/errors';
import { type ConfigValues, type TopicConfig, toTopicConfig } from './topic-config';

const TOPIC_FILE = 'topic.json';

/** A topic and its open partitions, partition n at index n. */
export interface Topic {
  readonly name: string;
  config: TopicConfig;
  readonly partitions: PartitionLog[];
}

/** All topics: a folder each, holding `topic.json` and a folder per partition. */
export class TopicRegistry {
  private readonly topics = new Map<string, Topic>();
  private readonly folder: string;
  private readonly trash: string;
  private trashed = 0;

  constructor(
    dataDir: string,
    private readonly options: Pick<Settings, 'fsync' | 'log' | 'maxPartitionsPerTopic'>,
  ) {
    this.folder = path.join(dataDir, 'topics');
    this.trash = path.join(dataDir, 'trash');
    fs.rmSync(this.trash, { recursive: true, force: true });
    fs.mkdirSync(this.folder, { recursive: true });
    fs.mkdirSync(this.trash, { recursive: true });
    const found = fs.readdirSync(this.folder, { withFileTypes: true });
    for (const entry of found) if (entry.isDirectory()) this.load(entry.name);
  }

  all(): Topic[] {
    return [...this.topics.values()];
  }

  /** Of all topics. */
  partitions(): PartitionLog[] {
    return this.all().flatMap((topic) => topic.partitions);
  }

  get(name: string): Topic | undefined {
    return this.topics.get(name);
  }

  /** The topic. Throws ProtocolError (UNKNOWN_TOPIC_OR_PARTITION). */
  require(name: string): Topic {
    return this.topics.get(name) ?? refuse('UNKNOWN_TOPIC_OR_PARTITION', `no topic ${name}`);
  }

  /**
   * The partition. Throws ProtocolError if there is none (UNKNOWN_TOPIC_OR_PARTITION), or if the
   * client names a leader epoch that never was (KIP-320); -1 names none.
   */
  partition(name: string, index: number, leaderEpoch = -1): PartitionLog {
    const log = this.require(name).partitions[index];
    if (leaderEpoch > LEADER_EPOCH) refuse('UNKNOWN_LEADER_EPOCH', `leader epoch ${leaderEpoch}`);
    return log ?? refuse('UNKNOWN_TOPIC_OR_PARTITION', `no partition ${index} of ${name}`);
  }

  /** Throws ProtocolError unless a topic of that name could be created now. */
  checkNew(name: string): void {
    checkTopicName(name);
    if (this.topics.has(name)) refuse('TOPIC_ALREADY_EXISTS', `topic ${name} exists`);
    // Kafka's rule, because its metric names would be the same.
    const flat = (one: string): string => one.replaceAll('.', '_');
    const other = this.all().find((topic) => flat(topic.name) === flat(name));
    if (other) refuse('INVALID_TOPIC', `collides with ${other.name}`);
  }

  /** Throws ProtocolError (INVALID_PARTITIONS) unless a topic may have so many. */
  checkPartitionCount(count: number): void {
    const max = this.options.maxPartitionsPerTopic;
    if (count < 1 || count > max) refuse('INVALID_PARTITIONS', `partitions must be 1 to ${max}`);
  }

  /** Creates a topic whose name and size have been checked. */
  create(name: string, partitions: number, values: ConfigValues): void {
    const topic = this.open(name, partitions, values);
    // The file is what makes the topic exist: a folder without one is a creation that was cut off.
    this.save(name, partitions, values);
    syncFolder(this.folder);
    this.topics.set(name, topic);
  }

  /** Adds partitions, or only says whether it could. Throws ProtocolError if it cannot. */
  grow(name: string, partitions: number, validateOnly: boolean): void {
    const topic = this.require(name);
    this.checkPartitionCount(partitions);
    const current = topic.partitions.length;
    if (partitions <= current) refuse('INVALID_PARTITIONS', `${name} has ${current} already`);
    if (validateOnly) return;
    this.save(name, partitions, topic.config.values);
    this.openPartitions(topic, partitions);
  }

  configure(name: string, values: ConfigValues): void {
    const topic = this.require(name);
    this.save(name, topic.partitions.length, values);
    topic.config = toTopicConfig(values);
  }

  delete(name: string): void {
    const topic = this.require(name);
    this.topics.delete(name);
    topic.partitions.forEach((partition) => partition.close(true));
    // One rename deletes it. The files go in their own time, at the latest at the next start.
    const doomed = path.join(this.trash, String((this.trashed += 1)));
    fs.renameSync(path.join(this.folder, name), doomed);
    fs.rm(doomed, { recursive: true }, () => undefined);
  }

  close(): void {
    this.partitions().forEach((partition) => partition.close());
    this.topics.clear();
  }

  private load(name: string): void {
    const text = readFileIfAny(path.join(this.folder, name, TOPIC_FILE));
    if (text === undefined) return;
    const { partitions, config } = JSON.parse(text) as { partitions: number; config: ConfigValues };
    this.topics.set(name, this.open(name, partitions, config));
  }

  private open(name: string, partitions: number, values: ConfigValues): Topic {
    const topic: Topic = { name, config: toTopicConfig(values), partitions: [] };
    this.openPartitions(topic, partitions);
    return topic;
  }

  private openPartitions(topic: Topic, count: number): void {
    const folder = path.join(this.folder, topic.name);
    const added: PartitionLog[] = [];
    try {
      for (let index = topic.partitions.length; index < count; index += 1) {
        const partition = path.join(folder, String(index));
        added.push(new PartitionLog(partition, () => topic.config, this.options));
      }
    } catch (error) {
      // Such as having no file descriptor left: those it has are to be free again.
      added.forEach((partition) => partition.close(true));
      throw error;
    }
    topic.partitions.push(...added);
    if (this.options.fsync) syncFolder(folder);
  }

  private save(name: string, partitions: number, config: ConfigValues): void {
    const content = JSON.stringify({ partitions, config }, null, 2);
    writeFileAtomically(path.join(this.folder, name, TOPIC_FILE), content);
  }
}

/** Kafka's rule for names, which also makes them safe folder names. Throws ProtocolError. */
export function checkTopicName(name: string): void {
  const isLegal = /^[a-zA-Z0-9._-]{1,249}$/.test(name) && name !== '.' && name !== '..';
  if (!isLegal) refuse('INVALID_TOPIC', `not a topic name: ${JSON.stringify(name)}`);
}
