import type { auth } from '@quayside/contracts';
import { appendToOutbox } from '@quayside/messaging';
import type { CallContext } from '@quayside/rpc';
import { isRefreshToken, refreshTokenHash } from '../domain/refresh-token';
import { sessionEnded } from '../events/session-ended';
import { endSessionOfToken } from '../store/sessions';
import type { AuthDependencies } from './dependencies';

/** Ends the session of a refresh token, used or not. A token that is not known is no error. */
export async function logout(
  { database }: AuthDependencies,
  request: auth.LogoutRequest__Output,
  { deadline }: CallContext,
): Promise<auth.LogoutResponse> {
  if (isRefreshToken(request.refreshToken)) {
    const tokenHash = refreshTokenHash(request.refreshToken);
    await database.transaction(
      async (tx) => {
        const ended = await endSessionOfToken(tx, tokenHash, 'logout');
        if (ended) await appendToOutbox(tx, sessionEnded(ended));
      },
      { deadline },
    );
  }
  return {};
}
