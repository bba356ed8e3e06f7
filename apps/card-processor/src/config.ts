import { setting } from '@quayside/config';

/** The card processor's own settings. */
export const settings = {
  JOURNAL_FILE: setting.text('File to which everything is appended; made when it is not there'),
  API_KEY: setting.secret('Key that merchants send: `Authorization: Bearer <key>`', 32),
  WEBHOOK_URL: setting.url('Where events are sent; unset: nowhere').optional(),
  WEBHOOK_SECRET: setting.secret('Signs the events', 32),
  WEBHOOK_RETRY_MS: setting
    .milliseconds('Pause before an event that was not taken is sent again; doubled up to a minute')
    .default(500),
  SLOW_ANSWER_MS: setting
    .milliseconds('How long the slow card takes to be charged')
    .default(15_000),
};
