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
  ERASURE_SIGN_IN_SECONDS: setting
    .count('How recent a sign-in must be for `DELETE /users/me`, in seconds', 1)
    .default(300),
  OVERVIEW_DEADLINE_MS: setting
    .milliseconds('How long `GET /overview` waits for its parts before it answers without them')
    .default(2000),
};
