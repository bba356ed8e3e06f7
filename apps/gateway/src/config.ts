import { setting } from '@quayside/config';

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
};
