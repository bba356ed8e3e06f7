import type { auth } from '@quayside/contracts';
import { QuaysideError } from '@quayside/errors';
import { v7 as uuidv7 } from 'uuid';
import type { Method } from './stand-in';
import { moment, type World } from './world';

/** The one reset token that works, once for each user. */
export const RESET_TOKEN = 'a-token-from-a-mail';

/** What users do about how they sign in. */
export function identityMethods(world: World): Record<string, Method> {
  const otherSession = uuidv7();
  return {
    ChangePassword(request: auth.ChangePasswordRequest__Output, context) {
      const person = world.people.get(context.userId());
      if (person?.password !== request.currentPassword)
        throw new QuaysideError('wrong_password', 'The current password is wrong.');
      person.password = request.newPassword;
      return {};
    },
    RequestPasswordReset: () => ({}),
    ConfirmPasswordReset({ token }: auth.ConfirmPasswordResetRequest__Output) {
      if (token !== RESET_TOKEN)
        throw new QuaysideError('reset_token_invalid', 'The token is unknown.');
      return {};
    },
    ListSessions(_request, { caller }) {
      const own = caller.kind === 'user' ? caller.sessionId : '';
      const times = { createdAt: moment, lastUsedAt: moment, expiresAt: moment };
      const unknown = { sessionId: otherSession, device: '', address: '', current: false };
      const known = { sessionId: own, device: 'test', address: '192.0.2.7', current: true };
      return { sessions: [known, unknown].map((session) => ({ ...session, ...times })) };
    },
    EndSession({ sessionId }: auth.EndSessionRequest__Output) {
      if (sessionId !== otherSession)
        throw new QuaysideError('not_found', 'There is no such session.');
      return {};
    },
  };
}
