import type { Request } from 'express';
import type { Downstream } from '../../downstream';
import type { UserOperation } from '../operation';
import { accountToJson } from '../wire';
import type { OnTheRecord } from './on-the-record';
import { searchUsers } from './search-users';
import { operatorSessionToJson } from './wire';

const userIdOf = (request: Request) => (request.params as { userId: string }).userId;

/** What operators may see and do of people. */
export function adminPeopleOperations({
  auth,
  users,
  payments,
  onTheRecord,
}: Downstream & { onTheRecord: OnTheRecord }) {
  return {
    searchUsers: searchUsers({ auth, users, onTheRecord }),

    async listAccountsOfUser(request, response, caller) {
      const userId = userIdOf(request);
      const wanted = { action: 'list_accounts', subjectUserId: userId } as const;
      const { accounts } = await onTheRecord(caller, wanted, () =>
        payments.ListAccountsOf({ userId }, { caller }),
      );
      response.json({ items: accounts.map(accountToJson) });
    },

    async listSessionsOfUser(request, response, caller) {
      const userId = userIdOf(request);
      const wanted = { action: 'list_sessions', subjectUserId: userId } as const;
      const { sessions } = await onTheRecord(caller, wanted, () =>
        auth.ListSessionsOf({ userId }, { caller }),
      );
      response.json({ items: sessions.map(operatorSessionToJson) });
    },

    async endSessionsOfUser(request, response, caller) {
      const userId = userIdOf(request);
      const { reason } = request.body as { reason: string };
      const wanted = { action: 'end_sessions', subjectUserId: userId, reason } as const;
      const { ended, apiKeysRevoked } = await onTheRecord(caller, wanted, () =>
        auth.EndSessionsOf({ userId }, { caller }),
      );
      response.json({ ended, apiKeysRevoked });
    },
  } satisfies Record<string, UserOperation>;
}
