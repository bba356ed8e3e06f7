import * as fs from 'node:fs';
import { lockFolder } from './log/lock';
import { maintain } from './log/maintenance';
import { type BrokerOptions, withDefaults } from './options';
import { listen } from './server/server';
import { closeState, openState } from './state';

export type { BrokerOptions } from './options';

/** A broker that is listening. */
export interface Broker {
  readonly host: string;
  readonly port: number;
  /** "host:port", ready for KAFKA_BROKERS. */
  readonly address: string;
  /** Finishes what is in flight (bounded in time), flushes, closes files and frees the port. */
  stop(): Promise<void>;
}

/**
 * Starts a broker on a data folder. Rejects if the port is taken (code EADDRINUSE) or if another
 * broker uses the folder.
 */
export async function startBroker(options: BrokerOptions): Promise<Broker> {
  const settings = withDefaults(options);
  fs.mkdirSync(settings.dataDir, { recursive: true });
  const unlock = lockFolder(settings.dataDir);
  const stopping = new AbortController();
  try {
    const state = openState(settings, stopping.signal);
    const server = await listen(state).catch((error: unknown) => {
      closeState(state);
      throw error;
    });
    const maintenance = maintain(state);
    const stop = async (): Promise<void> => {
      stopping.abort();
      state.topics.partitions().forEach((log) => log.wake(Infinity));
      state.groups.close();
      await Promise.all([server.close(), maintenance]);
      closeState(state);
    };
    const { host } = settings;
    const { port } = server;
    let stopped: Promise<void> | undefined;
    return {
      host,
      port,
      address: `${host}:${port}`,
      stop: () => (stopped ??= stop().finally(unlock)),
    };
  } catch (error) {
    unlock();
    throw error;
  }
}
