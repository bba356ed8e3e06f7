import { RESET_TOKEN_MINUTES } from '../domain/secret-token';
import type { Mail } from './mailer';

/**
 * The mail with a reset token. With a page to go to the token is in the fragment of its address, which browsers send to
 * no server and in no `Referer`.
 */
export function passwordResetMail(to: string, token: string, page: string | undefined): Mail {
  const way =
    page === undefined
      ? `Your token for setting a new password:\n\n${token}`
      : `Set a new password here:\n\n${page}#token=${token}`;
  return {
    to,
    subject: 'Set a new password for Quayside',
    text: `${way}

It works once, for ${RESET_TOKEN_MINUTES} minutes. Afterwards you are signed out everywhere.

Somebody asked for this with your e-mail address. If it was not you, there is nothing to do: your password stays
as it is.
`,
  };
}
