import { randomBytes } from 'node:crypto';
import { setting } from '@quayside/config';
import type { z } from 'zod';

const dayMs = 24 * 60 * 60 * 1000;

/** The settings every service has, with their defaults. */
export const baseSettings = {
  DATABASE_URL: setting.url('Its own database, as the role that runs it').optional(),
  DATABASE_POOL_SIZE: setting.count('Connections it may hold to its database', 2, 1000).default(10),
  KAFKA_BROKERS: setting.list('Kafka brokers, host:port').optional(),
  KAFKA_TLS_CERT_FILE: setting.text('File of its certificate for Kafka (PEM)').optional(),
  KAFKA_TLS_KEY_FILE: setting.text('File of its key for Kafka (PEM)').optional(),
  KAFKA_TLS_CA_FILE: setting.text('File of the CA of the brokers (PEM)').optional(),
  CONSUMERS: setting
    .oneOf('Off: reads nothing from Kafka; for a preview or a canary beside the service', [
      'on',
      'off',
    ])
    .default('on'),
  GRPC_HOST: setting.host('Address that gRPC listens on').default('0.0.0.0'),
  GRPC_PORT: setting.port('Port of gRPC; 0 picks a free one').optional(),
  GRPC_MAX_CONNECTION_AGE_MS: setting
    .count('A gRPC connection is asked to be made anew when it is so old (ms)', 100, dayMs)
    .default(300_000),
  GRPC_MAX_CONNECTION_AGE_GRACE_MS: setting
    .milliseconds('Then: time for its open calls before it is cut')
    .default(30_000),
  GRPC_LOAD_BALANCING: setting
    .oneOf("Calls go to all addresses, or to one: behind a mesh's proxy", [
      'round_robin',
      'pick_first',
    ])
    .default('round_robin'),
  GRPC_RETRIES: setting
    .oneOf('Calls that may be repeated are; off where a mesh does it', ['on', 'off'])
    .default('on'),
  TLS_CERT_FILE: setting.text('File of its certificate for gRPC (PEM)').optional(),
  TLS_KEY_FILE: setting.text('File of its key for gRPC (PEM)').optional(),
  TLS_CA_FILE: setting.text('File of the CA of all services (PEM)').optional(),
  HTTP_HOST: setting.host('Address that the public HTTP API listens on').default('0.0.0.0'),
  HTTP_PORT: setting.port('Port of the public HTTP API; 0 picks a free one').optional(),
  ADMIN_HOST: setting.host('Address of the admin port').default('0.0.0.0'),
  ADMIN_PORT: setting.port('Port of /livez, /readyz and /metrics; 0 picks a free one'),
  AUTH_ADDRESS: setting.text('Where auth is: a gRPC target or host:port list').optional(),
  USERS_ADDRESS: setting.text('Where users is: a gRPC target or host:port list').optional(),
  PAYMENTS_ADDRESS: setting.text('Where payments is: a gRPC target or host:port list').optional(),
  SERVICE_TOKEN_SECRET: setting.secret('Shared by all services; proves a calling service', 32),
  TOKEN_ISSUER: setting.text('Issuer of user tokens').default('quayside'),
  TOKEN_AUDIENCE: setting.text('Audience of user tokens').default('quayside'),
  LOG_LEVEL: setting
    .oneOf('Least level that is logged', ['trace', 'debug', 'info', 'warn', 'error', 'fatal'])
    .default('info'),
  DRAIN_DELAY_MS: setting
    .milliseconds('On SIGTERM: goes on serving this long, not ready, before it stops accepting')
    .default(0),
  SHUTDOWN_TIMEOUT_MS: setting
    .milliseconds('Then: time for finishing requests, consumers and everything else')
    .default(20_000),
  MIGRATIONS_FOLDER: setting
    .text('Folder of its migrations; unset: `migrations` beside the bundle')
    .optional(),
};

/** Settings of the `migrate` step; the running service has no owner credentials. */
export const migrationSettings = {
  MIGRATION_DATABASE_URL: setting.url('Its own database, as the role that owns the tables'),
  DATABASE_URL: setting
    .url('Its user is the role that gets the rights, unless RUNTIME_ROLE is set')
    .optional(),
  RUNTIME_ROLE: setting
    .text('Role that gets the rights to run the service; with neither: `<service>_app`')
    .optional(),
  LOG_LEVEL: baseSettings.LOG_LEVEL,
  MIGRATIONS_FOLDER: baseSettings.MIGRATIONS_FOLDER,
};

/** Settings of the `topics` step. */
export const topicSettings = {
  KAFKA_BROKERS: baseSettings.KAFKA_BROKERS.unwrap(),
  KAFKA_TLS_CERT_FILE: baseSettings.KAFKA_TLS_CERT_FILE,
  KAFKA_TLS_KEY_FILE: baseSettings.KAFKA_TLS_KEY_FILE,
  KAFKA_TLS_CA_FILE: baseSettings.KAFKA_TLS_CA_FILE,
  LOG_LEVEL: baseSettings.LOG_LEVEL,
  TOPIC_REPLICATION_FACTOR: setting.count('Brokers that hold each topic', 1, 100).default(1),
  TOPICS_TIMEOUT_MS: setting.milliseconds('Waits so long for Kafka').default(60_000),
};

/** The base settings, parsed. */
export type BaseSettings = z.infer<z.ZodObject<typeof baseSettings>>;

/** Settings of a service: its own and the base ones, parsed. */
export type Settings<Shape extends z.ZodRawShape> = BaseSettings & z.infer<z.ZodObject<Shape>>;

/** What a service may do without. */
export type Part = 'database' | 'kafka' | 'identity';

/** The base settings of a service: what it uses must be set. */
export function baseSettingsFor(without: readonly Part[]): typeof baseSettings {
  const shape: Record<string, z.ZodType> = { ...baseSettings };
  if (!without.includes('database')) shape.DATABASE_URL = baseSettings.DATABASE_URL.unwrap();
  // A secret of its own, that nobody shares: it proves nothing to anybody.
  if (without.includes('identity')) {
    const alone = randomBytes(32).toString('base64url');
    shape.SERVICE_TOKEN_SECRET = baseSettings.SERVICE_TOKEN_SECRET.default(alone);
  }
  if (!without.includes('kafka')) shape.KAFKA_BROKERS = baseSettings.KAFKA_BROKERS.unwrap();
  return shape as typeof baseSettings;
}
