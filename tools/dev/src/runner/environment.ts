import { join } from 'node:path';
import type { DatabaseUrls } from '../postgres/databases';
import { workspaceRoot } from '../workspace';
import type { DataFolder } from './data-folder';
import type { Plan, PlannedService } from './plan';
import type { Secrets } from './secrets';
import type { Ingredients } from './specs';

/** Which settings each service gets: the same names as in a cluster, so that it cannot tell the difference. */
export function serviceEnvironment(
  { spec, ports }: PlannedService,
  plan: Plan,
  secrets: Secrets,
  urls: Record<string, DatabaseUrls>,
  { env: outer, folder }: { env: NodeJS.ProcessEnv; folder: DataFolder },
): NodeJS.ProcessEnv {
  return {
    ...inherited(outer),
    // Development only: nothing but the gateway is meant to be reached from another machine.
    HTTP_HOST: outer.HTTP_HOST ?? '127.0.0.1',
    GRPC_HOST: '127.0.0.1',
    ADMIN_HOST: '127.0.0.1',
    ...defined({
      HTTP_PORT: ports.http?.toString(),
      GRPC_PORT: ports.grpc?.toString(),
      ADMIN_PORT: ports.admin.toString(),
      DATABASE_URL: urls[spec.name]?.runtime,
    }),
    KAFKA_BROKERS: plan.kafkaBrokers,
    SERVICE_TOKEN_SECRET: outer.SERVICE_TOKEN_SECRET ?? secrets.serviceToken,
    OTEL_SERVICE_NAME: spec.name,
    ...addresses(spec.calls, plan),
    ...defined(cardSettings(spec.name, plan, secrets, { outer, folder })),
  };
}

/** What lies between the services and the card processor: keys, and where its webhooks go. */
function cardSettings(
  name: string,
  plan: Plan,
  { cardProcessorKey, cardWebhooks }: Secrets,
  { outer, folder }: { outer: NodeJS.ProcessEnv; folder: DataFolder },
): Record<string, string | undefined> {
  if (name === 'payments') return { CARD_PROCESSOR_API_KEY: cardProcessorKey };
  if (name === 'gateway') return { CARD_PROCESSOR_WEBHOOK_SECRET: cardWebhooks };
  if (name !== 'card-processor') return {};
  const gateway = plan.services.find(({ spec }) => spec.name === 'gateway')?.ports.http;
  return {
    JOURNAL_FILE: outer.JOURNAL_FILE ?? join(folder.cardProcessor, 'journal.jsonl'),
    API_KEY: cardProcessorKey,
    WEBHOOK_SECRET: cardWebhooks,
    WEBHOOK_URL:
      gateway === undefined
        ? undefined
        : `http://127.0.0.1:${gateway}/api/v1/webhooks/card-processor`,
  };
}

/** What auth alone gets. Mail goes into files, unless there is a mail server. */
export function authEnvironment({
  folder,
  secrets,
  env,
}: Pick<Ingredients, 'folder' | 'secrets' | 'env'>): NodeJS.ProcessEnv {
  return {
    SIGNING_KEYS_SECRET: env.SIGNING_KEYS_SECRET ?? secrets.signingKeys,
    ...(env.MAIL_SMTP_URL === undefined && { MAIL_FOLDER: env.MAIL_FOLDER ?? folder.mail }),
  };
}

/**
 * Where Node (22 and newer) keeps what it has compiled: most of what a service does before it is ready is compiling
 * packages, the same ones each time. Beside the packages, not with the data: a new `npm ci` begins anew.
 */
const COMPILE_CACHE = join(workspaceRoot, 'node_modules/.cache/quayside/compiled');

/** What every process gets of the runner's own environment: all but what is meant for the runner. */
export function inherited(outer: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const own = /^(NODE_TEST_CONTEXT|NODE_CHANNEL_.*|(\w+_)?DATABASE_URL|QUAYSIDE_.*)$/;
  return {
    NODE_COMPILE_CACHE: COMPILE_CACHE,
    ...Object.fromEntries(Object.entries(outer).filter(([name]) => !own.test(name))),
  };
}

function addresses(calls: string[], plan: Plan): Record<string, string> {
  const entries = calls.flatMap((name) => {
    const ports = plan.services.find(({ spec }) => spec.name === name)?.ports;
    const prefix = name.toUpperCase().replaceAll('-', '_');
    if (ports?.grpc !== undefined) return [[`${prefix}_ADDRESS`, `127.0.0.1:${ports.grpc}`]];
    return ports?.http === undefined ? [] : [[`${prefix}_URL`, `http://127.0.0.1:${ports.http}`]];
  });
  return Object.fromEntries(entries) as Record<string, string>;
}

function defined(values: Record<string, string | undefined>): Record<string, string> {
  const given = Object.entries(values).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given) as Record<string, string>;
}
