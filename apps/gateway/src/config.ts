import { ConfigError, setting } from '@quayside/config';

const requests = (which: string) => setting.count(`Most requests ${which}`, 1, 1_000_000_000);

/** The gateway's own settings; the chassis adds those that every service has. */
export const gatewaySettings = {
  TRUSTED_PROXY_HOPS: setting
    .count(
      'How many proxies stand in front: so many entries of `X-Forwarded-For` are believed',
      0,
      10,
    )
    .default(0),
  BODY_LIMIT_BYTES: setting
    .count('Largest request body that is accepted, in bytes', 1024, 1_048_576)
    .default(65_536),
  ERASURE_SIGN_IN_SECONDS: setting
    .count('How recent a sign-in must be for `DELETE /users/me`, in seconds', 1)
    .default(300),
  CORS_ORIGINS: setting
    .list('Origins whose pages may call the API, such as `https://app.example`; unset: none')
    .optional(),
  OVERVIEW_DEADLINE_MS: setting
    .milliseconds('How long `GET /overview` waits for its parts before it answers without them')
    .default(2000),
  CARD_PROCESSOR_WEBHOOK_SECRET: setting
    .secret(
      'Key by which the card processor signs its webhooks; unset: there is no such webhook',
      32,
    )
    .optional(),
  CARD_PROCESSOR_WEBHOOK_SECRET_OLD: setting
    .secret('Its key before that, while keys are changed', 32)
    .optional(),
  CARD_PROCESSOR_WEBHOOK_WINDOW_MS: setting
    .milliseconds('How far the time of a webhook may be from ours')
    .default(300_000),
  EVENTS_HEARTBEAT_MS: setting
    .milliseconds('A silent event stream gets a comment so often, so that proxies keep it open')
    .default(15_000),
  EVENTS_SLOW_READER_MS: setting
    .milliseconds('An event stream whose reader takes nothing for so long is cut')
    .default(10_000),
  EVENTS_PER_USER: setting
    .count('Event streams that one user may have open at one replica', 1, 1000)
    .default(5),
  EVENTS_MAX_STREAMS: setting
    .count('Event streams that one replica holds open in all', 1, 100_000)
    .default(5_000),
  RATE_LIMIT_ADDRESS: requests('from one address, in a minute').default(12_000),
  RATE_LIMIT_API: requests('of one user, in a minute').default(3_000),
  RATE_LIMIT_PAYMENTS: requests('of one user that move money, in a minute').default(1_500),
  RATE_LIMIT_LOGIN: requests('to sign in from one address, in a minute').default(60),
  RATE_LIMIT_REGISTER: requests('to sign up from one address, in ten minutes').default(100),
  RATE_LIMIT_RESET: requests('to reset a password from one address, in ten minutes').default(30),
  RATE_LIMIT_REPLICAS: setting
    .count('Replicas that share the limits which each counts in memory', 1, 1000)
    .default(1),
  SHEDDING_MIN_REQUESTS: setting
    .count('Requests at once that are let in however slow everything is', 1, 100_000)
    .default(32),
  SHEDDING_MAX_REQUESTS: setting
    .count('Requests at once that are let in at most, while they are fast', 1, 100_000)
    .default(512),
  REVOCATION_SECONDS: setting
    .count(
      'How long an ended session is remembered: the lifetime of an access token (auth) and a minute more; tokens that live longer are taken for half a minute less than this',
      60,
      86_400,
    )
    .default(660),
};

/** Throws a ConfigError for settings that are right by themselves but not together. */
export function refuseContradictions(settings: {
  SHEDDING_MIN_REQUESTS: number;
  SHEDDING_MAX_REQUESTS: number;
}): void {
  const { SHEDDING_MIN_REQUESTS: min, SHEDDING_MAX_REQUESTS: max } = settings;
  if (min <= max) return;
  throw new ConfigError([
    `SHEDDING_MIN_REQUESTS is ${min}, more than SHEDDING_MAX_REQUESTS, which is ${max}. Set it to that or less.`,
  ]);
}
