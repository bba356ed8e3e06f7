import { setting } from '@quayside/config';

const DAY = 24 * 3600;
const atLeastOne = (meaning: string) => setting.count(meaning, 1);

/** Auth's own settings. */
export const settings = {
  ACCESS_TOKEN_SECONDS: atLeastOne(
    "Lifetime of an access token, in seconds; a minute less than the gateway's `REVOCATION_SECONDS`",
  ).default(600),
  KEY_ROTATION_DAYS: atLeastOne('Days for which one key signs access tokens').default(30),
  SIGNING_KEYS_SECRET: setting.secret('Encrypts the private signing keys in the database', 32),
  SIGNING_KEYS_PREVIOUS_SECRET: setting
    .secret('Opens what was encrypted with another one, while that is changed', 32)
    .optional(),
  REFRESH_IDLE_SECONDS: atLeastOne(
    'A session ends when it is not refreshed for this many seconds',
  ).default(14 * DAY),
  SESSION_SECONDS: atLeastOne(
    'A session ends this many seconds after sign-in, however often it is refreshed',
  ).default(90 * DAY),
  PASSWORD_HASH_CONCURRENCY: atLeastOne(
    'Passwords hashed at once; each takes a core and 19 MiB meanwhile',
  ).default(2),
  PASSWORD_HASH_QUEUE: atLeastOne(
    'Passwords that may wait for their turn; further sign-ins are answered unavailable',
  ).default(64),
  MAIL_SMTP_URL: setting
    .url('Mail server, `smtps://user:password@host`; unset: no mail is sent')
    .optional(),
  MAIL_FOLDER: setting
    .text('Development: mails are written to this folder instead, as files')
    .optional(),
  MAIL_FROM: setting.text('Sender of its mails').default('Quayside <no-reply@quayside.dev>'),
  PASSWORD_RESET_URL: setting
    .text(
      'Page for setting a new password; the mail adds `#token=...`. Unset: it has the token alone',
    )
    .optional(),
};
