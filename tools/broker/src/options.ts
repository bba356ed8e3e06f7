/** Where the broker listens and keeps its data, and what bounds it. Times in milliseconds. */
export interface BrokerOptions {
  /** Folder for everything that has to survive; made if absent. One broker at a time. */
  dataDir: string;
  host?: string;
  /** 0 or absent: a free one. */
  port?: number;
  log?: (line: string) => void;
  /** Force every append to the disk, so that it also survives power loss. Slow; default false. */
  fsync?: boolean;
  /** Largest request accepted; a connection that announces more is closed. */
  maxRequestBytes?: number;
  /** Most record bytes in one Fetch answer, whatever the client allows. */
  maxFetchBytes?: number;
  maxConnections?: number;
  maxPartitionsPerTopic?: number;
  /** Partitions of a topic created with -1 for "the default". */
  defaultPartitions?: number;
  minSessionTimeoutMs?: number;
  maxSessionTimeoutMs?: number;
  /** How long a group's first rebalance waits for more members. Kafka: 3000, here 0. */
  initialRebalanceDelayMs?: number;
  /** How often retention and compaction run. */
  maintenanceIntervalMs?: number;
  /** A connection that is silent for so long is closed. */
  idleTimeoutMs?: number;
  /** How long stop() waits for requests in flight. */
  stopTimeoutMs?: number;
}

/** BrokerOptions with every default filled in. */
export type Settings = Required<BrokerOptions>;

/** Fills in the defaults. */
export function withDefaults(options: BrokerOptions): Settings {
  const defaults: Required<Omit<BrokerOptions, 'dataDir'>> = {
    host: '127.0.0.1',
    port: 0,
    log: () => undefined,
    fsync: false,
    maxRequestBytes: 32 * 1024 * 1024,
    maxFetchBytes: 8 * 1024 * 1024,
    maxConnections: 1000,
    maxPartitionsPerTopic: 1000,
    defaultPartitions: 1,
    minSessionTimeoutMs: 6000,
    maxSessionTimeoutMs: 30 * 60 * 1000,
    initialRebalanceDelayMs: 0,
    maintenanceIntervalMs: 30_000,
    idleTimeoutMs: 10 * 60 * 1000,
    stopTimeoutMs: 5000,
  };
  // What is there but undefined must not hide a default: no host would mean every interface.
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  return { ...defaults, dataDir: options.dataDir, ...Object.fromEntries(given) };
}
