import { setting } from '@quayside/config';

/** Users' own settings. */
export const settings = {
  HANDLE_RESERVATION_SECONDS: setting
    .count('How long a reserved handle is held for a sign-up, in seconds', 1)
    .default(600),
};
