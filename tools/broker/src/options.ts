/** What can be set, with its default. Times are in milliseconds. */
const defaults = {
  host: '127.0.0.1',
  /** 0: a free one. */
  port: 0,
  log: (_line: string): void => undefined,
  /** Force every append to the disk, so that it also survives power loss. Slow. */
  fsync: false,
  /** Largest request accepted; a connection that announces more is closed. */
  maxRequestBytes: 32 * 1024 * 1024,
  /** Most record bytes in one Fetch answer, whatever the client allows. */
  maxFetchBytes: 8 * 1024 * 1024,
  maxConnections: 1000,
  maxPartitionsPerTopic: 1000,
  /** How often retention and compaction run. */
  maintenanceIntervalMs: 30_000,
  /** A connection that is silent for so long is closed. */
  idleTimeoutMs: 10 * 60 * 1000,
  /** How long stop() waits for requests in flight. */
  stopTimeoutMs: 5000,
};

/** Where the broker listens and keeps its data, and what bounds it. */
export interface BrokerOptions extends Partial<typeof defaults> {
  /** Folder for everything that has to survive; made if absent. One broker at a time. */
  readonly dataDir: string;
}

export type Settings = Readonly<Required<BrokerOptions>>;

/** Fills in the defaults. */
export function withDefaults(options: BrokerOptions): Settings {
  // What is there but undefined must not hide a default: no host would mean every interface.
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  return { ...defaults, dataDir: options.dataDir, ...Object.fromEntries(given) };
}
