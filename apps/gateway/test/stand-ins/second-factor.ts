import type { auth } from '@quayside/contracts';
import { QuaysideError } from '@quayside/errors';
import { requireStepUp } from '@quayside/identity';
import type { TestTokens } from '@quayside/testing';
import type { Method } from './stand-in';
import type { World } from './world';

/** The one code that works, every time. */
export const CODE = '123456';

/** Second factors, without time. */
export function secondFactorMethods(world: World, tokens: TestTokens): Record<string, Method> {
  const factors = new Map<string, 'enrolled' | 'confirmed'>();
  const none = () => new QuaysideError('not_found', 'You have no second factor.');
  async function stepped(userId: string, code: string) {
    if (!factors.has(userId)) throw none();
    if (code !== CODE) throw new QuaysideError('wrong_code', 'The code is wrong.');
    const authTime = Math.floor(Date.now() / 1000);
    const claims = { userId, acr: 'aal2', authTime, secondFactor: true };
    return { accessToken: await tokens.userToken(claims), expiresInSeconds: 600 };
  }
  return {
    GetSecondFactor(_request, context) {
      const enabled = factors.get(context.userId()) === 'confirmed';
      return { enabled, recoveryCodesLeft: enabled ? 1 : 0 };
    },
    EnrolSecondFactor({ password }: auth.EnrolSecondFactorRequest__Output, context) {
      const userId = context.userId();
      if (world.people.get(userId)?.password !== password)
        throw new QuaysideError('wrong_password', 'The current password is wrong.');
      if (factors.get(userId) === 'confirmed')
        throw new QuaysideError('already_exists', 'You have a second factor already.');
      factors.set(userId, 'enrolled');
      return { secret: 'ABCDEFGH', uri: 'otpauth://totp/Quayside:ada?secret=ABCDEFGH' };
    },
    async ConfirmSecondFactor({ code }: auth.ConfirmSecondFactorRequest__Output, context) {
      const userId = context.userId();
      const answer = await stepped(userId, code);
      if (factors.get(userId) === 'confirmed')
        throw new QuaysideError('already_exists', 'You have a second factor already.');
      factors.set(userId, 'confirmed');
      return { ...answer, recoveryCodes: ['aaaa-bbbb'] };
    },
    DisableSecondFactor(_request, { caller, userId }) {
      if (caller.kind === 'user') requireStepUp(caller, 600);
      if (!factors.delete(userId())) throw none();
      return {};
    },
    StepUp: ({ code }: auth.StepUpRequest__Output, context) => stepped(context.userId(), code),
  };
}
