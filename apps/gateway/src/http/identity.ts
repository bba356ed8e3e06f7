import type { auth } from '@quayside/contracts';
import type { Downstream } from '../downstream';
import { clientOf } from './client';
import type { PublicOperation, UserOperation } from './operation';
import { timeToJson } from './wire';

/** For who cannot sign in. */
export function resetOperations({ auth }: Downstream) {
  return {
    async requestPasswordReset(request, response) {
      const { email } = request.body as { email: string };
      const client = clientOf(request);
      await auth.RequestPasswordReset({ email, client }, { asService: true });
      response.status(202).end();
    },

    async confirmPasswordReset(request, response) {
      const { token, newPassword } = request.body as { token: string; newPassword: string };
      const client = clientOf(request);
      await auth.ConfirmPasswordReset({ token, newPassword, client }, { asService: true });
      response.status(204).end();
    },
  } satisfies Record<string, PublicOperation>;
}

/** What a signed-in user does about how they sign in. */
export function identityOperations({ auth }: Downstream) {
  return {
    async changePassword(request, response, caller) {
      const { currentPassword, newPassword } = request.body as {
        currentPassword: string;
        newPassword: string;
      };
      await auth.ChangePassword({ currentPassword, newPassword }, { caller });
      response.status(204).end();
    },

    async listSessions(_request, response, caller) {
      const { sessions } = await auth.ListSessions({}, { caller });
      response.json({ items: sessions.map(sessionToJson) });
    },

    async endSession(request, response, caller) {
      const { sessionId } = request.params as { sessionId: string };
      await auth.EndSession({ sessionId }, { caller });
      response.status(204).end();
    },
  } satisfies Record<string, UserOperation>;
}

function sessionToJson(session: auth.Session__Output) {
  return {
    sessionId: session.sessionId,
    device: session.device === '' ? null : session.device,
    address: session.address === '' ? null : session.address,
    createdAt: timeToJson(session.createdAt),
    lastUsedAt: timeToJson(session.lastUsedAt),
    expiresAt: timeToJson(session.expiresAt),
    current: session.current,
  };
}
