import { join } from 'node:path';
import { startService } from '@quayside/chassis';
import { allTopics } from '@quayside/contracts';
import { createTopics } from '@quayside/messaging';
import { testBroker, testDatabase, testTokens, type TestTokens } from '@quayside/testing';
import { readDocument, type ApiDocument } from '../src/http/document';
import { service } from '../src/service';
import { severableLink, type SeverableLink } from './severable-link';
import { startStandIns } from './stand-ins';

/** The real gateway with a database and a broker of its own; the services behind it are stand-ins. */
export interface TestGateway {
  url: string;
  adminUrl: string;
  document: ApiDocument;
  tokens: TestTokens;
  standIns: Awaited<ReturnType<typeof startStandIns>>;
  broker: Awaited<ReturnType<typeof testBroker>>;
  database: Awaited<ReturnType<typeof testDatabase>>;
  /** The gateway's way to its database. */
  link: SeverableLink;
  /** Starts another replica on the same database and broker; it ends with the gateway unless stopped before. */
  addReplica(env?: Record<string, string>): Promise<Replica>;
  stop(): Promise<void>;
}

/** One process's worth of gateway. */
export interface Replica {
  url: string;
  adminUrl: string;
  /** Drains it. */
  stop(): Promise<void>;
}

const folder = join(__dirname, '..');

/** Starts everything on free ports and resolves when the gateway is ready. */
export async function startGateway(env: Record<string, string> = {}): Promise<TestGateway> {
  const ends: (() => Promise<void>)[] = [];
  const stop = async () => {
    for (const end of ends.splice(0).reverse()) await end();
  };
  try {
    return { ...(await startParts(env, ends)), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function startParts(env: Record<string, string>, ends: (() => Promise<void>)[]) {
  const tokens = testTokens();
  const broker = await testBroker();
  ends.push(() => broker.stop());
  await createTopics([broker.address], allTopics());
  const database = await testDatabase('gateway', join(folder, 'migrations'));
  ends.push(() => database.drop());
  const link = await severableLink(database.url);
  ends.push(() => link.close());
  const standIns = await startStandIns(tokens);
  ends.push(() => standIns.stop());
  const addReplica = async (more: Record<string, string> = {}): Promise<Replica> => {
    const running = await startService(service, {
      ...tokens.env,
      DATABASE_URL: link.url,
      KAFKA_BROKERS: broker.address,
      AUTH_ADDRESS: standIns.auth.address,
      USERS_ADDRESS: standIns.users.address,
      PAYMENTS_ADDRESS: standIns.payments.address,
      HTTP_HOST: '127.0.0.1',
      HTTP_PORT: '0',
      ADMIN_HOST: '127.0.0.1',
      ADMIN_PORT: '0',
      LOG_LEVEL: process.env.LOG_LEVEL ?? 'fatal',
      MIGRATIONS_FOLDER: join(folder, 'migrations'),
      ...env,
      ...more,
    });
    ends.push(() => running.stop());
    return {
      url: `http://127.0.0.1:${running.ports.http}`,
      adminUrl: `http://127.0.0.1:${running.ports.admin}`,
      stop: () => running.stop(),
    };
  };
  const { url, adminUrl } = await addReplica();
  return {
    url,
    adminUrl,
    addReplica,
    document: readDocument(join(folder, 'openapi.yaml')),
    tokens,
    standIns,
    broker,
    database,
    link,
  };
}
