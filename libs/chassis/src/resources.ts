import { ConfigError } from '@quayside/config';
import { openDatabase } from '@quayside/database';
import type { Database } from '@quayside/database';
import { createServiceTokens, createTokenVerifier } from '@quayside/identity';
import type { ServiceTokens, TokenVerifier } from '@quayside/identity';
import { createKafka } from '@quayside/messaging';
import type { KafkaConnection } from '@quayside/messaging';
import type { Certificates } from '@quayside/rpc';
import type { JSONWebKeySet } from 'jose';
import { createClientPool } from './clients';
import type { ClientPool, Clients } from './clients';
import { kafkaTls } from './kafka-tls';
import { certificatesOf } from './rpc-tls';
import type { BaseSettings } from './settings';

/** What a service is given to work with. */
export interface Resources {
  database?: Database;
  kafka?: KafkaConnection;
  serviceTokens: ServiceTokens;
  /** Set where services call each other by mutual TLS. */
  certificates?: Certificates;
  verifier: TokenVerifier;
  /** Fetches the verifier's keys once; absent when the verifier is not fed by auth. */
  loadKeys?: () => Promise<void>;
  clientPool: ClientPool;
}

/** Verifies user tokens with the keys that auth publishes; `loadKeys` has them there before the first. */
function verifierByAuth(
  settings: BaseSettings,
  clients: Clients,
): Pick<Resources, 'verifier' | 'loadKeys'> {
  let loaded: JSONWebKeySet | undefined;
  const fetchKeys = async () => {
    const { jwksJson } = await clients('auth', { retryable: ['GetJwks'] }).GetJwks({});
    return JSON.parse(jwksJson) as JSONWebKeySet;
  };
  const loadedOrFetched = async () => {
    const first = loaded;
    loaded = undefined;
    return first ?? fetchKeys();
  };
  return {
    verifier: createTokenVerifier({
      issuer: settings.TOKEN_ISSUER,
      audience: settings.TOKEN_AUDIENCE,
      fetchJwks: loadedOrFetched,
    }),
    loadKeys: async () => {
      loaded = await fetchKeys();
    },
  };
}

/** Makes everything a service uses; nothing is connected to yet. */
export function createResources(
  name: string,
  settings: BaseSettings,
  verifier?: TokenVerifier,
): Resources {
  const serviceTokens = createServiceTokens({
    secret: settings.SERVICE_TOKEN_SECRET,
    service: name,
  });
  const certificates = certificatesOf(settings);
  const clientPool = createClientPool(settings, serviceTokens, certificates);
  return {
    ...(settings.DATABASE_URL !== undefined && {
      database: openDatabase({
        url: settings.DATABASE_URL,
        max: settings.DATABASE_POOL_SIZE,
        applicationName: name,
      }),
    }),
    ...(settings.KAFKA_BROKERS !== undefined && {
      kafka: createKafka({
        brokers: settings.KAFKA_BROKERS,
        clientId: name,
        ...kafkaTls(settings),
      }),
    }),
    serviceTokens,
    certificates,
    ...(verifier ? { verifier } : verifierByAuth(settings, clientPool.clients)),
    clientPool,
  };
}

/** The resource, or a ConfigError that says which setting brings it. */
export function required<T>(resource: T | undefined, setting: string): T {
  if (resource !== undefined) return resource;
  throw new ConfigError([`${setting} is not set. Set it: this service uses it.`]);
}
