import type { auth } from '@quayside/contracts';
import { QuaysideError } from '@quayside/errors';
import type { CallContext } from '@quayside/rpc';
import { acceptablePassword } from '../domain/common-passwords';
import { announceEnded } from '../events/session-ended';
import { revokeApiKeys } from '../store/api-keys';
import { passwordIsStill, setPassword } from '../store/identities';
import { deleteResetTokens } from '../store/password-resets';
import { endSessions } from '../store/sessions';
import type { AuthDependencies } from './dependencies';
import { refuseEnded, sessionOf } from './own-session';
import { provenByPassword } from './proven-by-password';

/** Gives the caller another password, which ends what came by the old one: every session but this, and every API key. */
export async function changePassword(
  dependencies: AuthDependencies,
  request: auth.ChangePasswordRequest__Output,
  { caller, deadline }: CallContext,
): Promise<auth.ChangePasswordResponse> {
  const { database, passwords } = dependencies;
  const session = sessionOf(caller);
  const { userId, sessionId } = session;
  const path = '/newPassword';
  const password = await acceptablePassword(request.newPassword, path);
  const known = await provenByPassword(dependencies, userId, request.currentPassword, deadline);
  if (request.newPassword === request.currentPassword) {
    throw new QuaysideError('invalid_request', 'The new password is the old one.', {
      fields: [{ path, message: 'must be another one' }],
    });
  }
  const passwordHash = await passwords.hash(password, deadline);
  await database.transaction(
    async (tx) => {
      await refuseEnded(tx, session);
      if (!(await passwordIsStill(tx, known))) {
        throw new QuaysideError('conflict', 'The password was changed a moment ago.');
      }
      await setPassword(tx, { userId, passwordHash });
      await deleteResetTokens(tx, userId);
      const others = { except: sessionId };
      await announceEnded(tx, await endSessions(tx, userId, 'password_changed', others));
      // Whoever was in with the old password may have left themselves a key.
      await announceEnded(tx, await revokeApiKeys(tx, userId));
    },
    { deadline },
  );
  return {};
}
