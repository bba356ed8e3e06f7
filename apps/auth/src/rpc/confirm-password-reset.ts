import type { auth } from '@quayside/contracts';
import type { Transaction } from '@quayside/database';
import { QuaysideError } from '@quayside/errors';
import type { CallContext } from '@quayside/rpc';
import { clientOf } from '../domain/client';
import { acceptablePassword } from '../domain/common-passwords';
import { resetToken, tokenHash } from '../domain/secret-token';
import { resetTokenThrottles, signInThrottles } from '../domain/throttle';
import { announceEnded } from '../events/session-ended';
import { revokeApiKeys } from '../store/api-keys';
import { setPassword } from '../store/identities';
import { deleteResetTokens, ownerOfResetToken, spendResetToken } from '../store/password-resets';
import { endSessions } from '../store/sessions';
import { forgetThrottles } from '../store/throttles';
import type { AuthDependencies } from './dependencies';
import { throttled } from './throttled';

const invalid = () =>
  new QuaysideError(
    'reset_token_invalid',
    'The token is unknown, was used before or is too old. Ask for another mail.',
  );

/** Sets a new password by a token from a mail. Whoever was signed in before is not any more. */
export async function confirmPasswordReset(
  dependencies: AuthDependencies,
  request: auth.ConfirmPasswordResetRequest__Output,
  { deadline }: CallContext,
): Promise<auth.ConfirmPasswordResetResponse> {
  const { database, passwords } = dependencies;
  const password = await acceptablePassword(request.newPassword, '/newPassword');
  const { address } = clientOf(request.client);
  const throttles = resetTokenThrottles(address);
  await throttled(
    { database, throttles, failures: ['reset_token_invalid'], deadline },
    async () => {
      const hash = tokenHash(request.token);
      // Looked up first: a password is not hashed for who only guesses.
      const userId = resetToken.matches(request.token)
        ? await ownerOfResetToken(database, hash, deadline)
        : undefined;
      if (userId === undefined) throw invalid();
      const passwordHash = await passwords.hash(password, deadline);
      const wanted = { userId, hash, passwordHash, address };
      await database.transaction((tx) => reset(tx, wanted), { deadline });
    },
  );
  return {};
}

async function reset(
  tx: Transaction,
  wanted: { userId: string; hash: Buffer; passwordHash: string; address: string },
): Promise<void> {
  const { userId, hash, passwordHash, address } = wanted;
  // The identity is locked before its tokens and sessions, as by all who lock several of them.
  const changed = await setPassword(tx, { userId, passwordHash, resetAt: address });
  if (!changed || !(await spendResetToken(tx, hash))) throw invalid();
  await deleteResetTokens(tx, userId);
  await announceEnded(tx, await endSessions(tx, userId, 'password_reset'));
  // Whoever was in with the old password may have left themselves a key.
  await announceEnded(tx, await revokeApiKeys(tx, userId));
  // The owner is back: what somebody tried with the old password counts no more.
  const { all } = signInThrottles(changed.emailNormalised, address, false);
  const ofAccount = all.filter(({ counts }) => counts === 'attempt');
  await forgetThrottles(
    tx,
    ofAccount.map(({ key }) => key),
  );
}
