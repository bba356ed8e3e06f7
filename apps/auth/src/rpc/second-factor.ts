import type { auth } from '@quayside/contracts';
import type { Transaction } from '@quayside/database';
import { QuaysideError } from '@quayside/errors';
import { requireStepUp } from '@quayside/identity';
import type { CallContext } from '@quayside/rpc';
import { proofThrottle } from '../domain/throttle';
import {
  isTotpCode,
  matchingStep,
  newRecoveryCodes,
  newTotpSecret,
  recoveryCodeHash,
  totpForDisplay,
} from '../domain/totp';
import { emailOf } from '../store/identities';
import {
  confirmFactor,
  countRecoveryCodes,
  enrolFactor,
  factorPurpose,
  findFactor,
  removeFactor,
  takeRecoveryCode,
  takeStep,
} from '../store/second-factors';
import type { AuthDependencies } from './dependencies';
import { refuseEnded, sessionOf, type OwnSession } from './own-session';
import { provenByPassword } from './proven-by-password';
import { throttled } from './throttled';
import { steppedUpToken } from './tokens';

/** For how long a second factor counts here after it was given. */
export const STEP_UP_SECONDS = 600;

const none = () => new QuaysideError('not_found', 'You have no second factor.');
const already = () => new QuaysideError('already_exists', 'You have a second factor already.');
const wrong = () => new QuaysideError('wrong_code', 'The code is wrong, or was used before.');

/** Whether the caller has a second factor. */
export async function getSecondFactor(
  { database }: AuthDependencies,
  { userId, deadline }: CallContext,
): Promise<auth.GetSecondFactorResponse> {
  const [factor, recoveryCodesLeft] = await Promise.all([
    findFactor(database, userId(), deadline),
    countRecoveryCodes(database, userId(), deadline),
  ]);
  return { enabled: factor?.confirmed ?? false, recoveryCodesLeft };
}

/** Makes a secret. Whoever holds a stolen token does not have the password, and cannot shut the owner out. */
export async function enrolSecondFactor(
  dependencies: AuthDependencies,
  { password }: auth.EnrolSecondFactorRequest__Output,
  { caller, deadline }: CallContext,
): Promise<auth.EnrolSecondFactorResponse> {
  const { database, seal } = dependencies;
  const session = sessionOf(caller);
  const { userId } = session;
  await provenByPassword(dependencies, userId, password, deadline);
  const secret = newTotpSecret();
  const sealed = seal.close(secret, factorPurpose(userId));
  const write = async (tx: Transaction) => {
    await refuseEnded(tx, session);
    return (await enrolFactor(tx, userId, sealed)) ? emailOf(tx, userId) : undefined;
  };
  const email = await database.transaction(write, { deadline });
  if (email === undefined) throw already();
  return totpForDisplay(secret, email);
}

/** Runs `then` if the code is right and was not used before; both are one transaction. Throttled: a code is short. */
async function provenByCode(
  { database, seal }: AuthDependencies,
  session: OwnSession,
  { code, confirmed }: { code: string; confirmed: boolean },
  deadline: Date,
  then: (tx: Transaction) => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  const { userId } = session;
  const factor = await findFactor(database, userId, deadline);
  if (!factor) throw none();
  if (factor.confirmed !== confirmed) throw confirmed ? none() : already();
  const { secretSealed } = factor;

  async function take(tx: Transaction): Promise<boolean> {
    if (confirmed && !isTotpCode(code)) {
      return takeRecoveryCode(tx, userId, recoveryCodeHash(userId, code));
    }
    const secret = seal.open(secretSealed, factorPurpose(userId));
    const step = matchingStep(secret, code, new Date());
    return step !== undefined && (await takeStep(tx, { userId, secretSealed, step }));
  }
  const throttles = [proofThrottle('code', userId)];
  await throttled({ database, throttles, failures: ['wrong_code'], deadline }, () =>
    database.transaction(
      async (tx) => {
        await refuseEnded(tx, session);
        if (!(await take(tx))) throw wrong();
        await then(tx);
      },
      { deadline },
    ),
  );
}

/** Lets the second factor count, once its owner has shown that their authenticator has it. */
export async function confirmSecondFactor(
  dependencies: AuthDependencies,
  { code }: auth.ConfirmSecondFactorRequest__Output,
  { caller, deadline }: CallContext,
): Promise<auth.ConfirmSecondFactorResponse> {
  const session = sessionOf(caller);
  const recoveryCodes = newRecoveryCodes();
  const hashes = recoveryCodes.map((one) => recoveryCodeHash(session.userId, one));
  const given = { code, confirmed: false };
  await provenByCode(dependencies, session, given, deadline, async (tx) => {
    if (!(await confirmFactor(tx, session.userId, hashes))) throw already();
  });
  return { recoveryCodes, ...(await steppedUpToken(dependencies, session, deadline)) };
}

/** Removes the second factor, for who has just given it. */
export async function disableSecondFactor(
  { database }: AuthDependencies,
  { caller, deadline }: CallContext,
): Promise<auth.DisableSecondFactorResponse> {
  const session = sessionOf(caller);
  if (caller.kind === 'user') requireStepUp(caller, STEP_UP_SECONDS);
  const remove = async (tx: Transaction) => {
    await refuseEnded(tx, session);
    return removeFactor(tx, session.userId);
  };
  if (!(await database.transaction(remove, { deadline }))) throw none();
  return {};
}

/** A token that says that the second factor has just been given. */
export async function stepUp(
  dependencies: AuthDependencies,
  { code }: auth.StepUpRequest__Output,
  { caller, deadline }: CallContext,
): Promise<auth.StepUpResponse> {
  const session = sessionOf(caller);
  await provenByCode(dependencies, session, { code, confirmed: true }, deadline);
  return steppedUpToken(dependencies, session, deadline);
}
