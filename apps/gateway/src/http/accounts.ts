import type { Downstream } from '../downstream';
import type { UserOperation } from './operation';
import { accountToJson, entryToJson, present } from './wire';

/** Accounts and their statements. */
export function accountOperations({ payments }: Downstream) {
  return {
    async listAccounts(_request, response, caller) {
      const { accounts } = await payments.ListAccounts({}, { caller });
      response.json({ items: accounts.map(accountToJson) });
    },

    async openAccount(request, response, caller) {
      const { currency } = request.body as { currency: string };
      const { account, opened } = await payments.OpenAccount({ currency }, { caller });
      response
        .status(opened ? 201 : 200)
        .location('/api/v1/accounts')
        .json(accountToJson(present(account, 'the account')));
    },

    async getStatement(request, response, caller) {
      const { accountId } = request.params as { accountId: string };
      const { cursor, limit } = request.query as unknown as { cursor?: string; limit: number };
      const { entries, nextCursor } = await payments.GetStatement(
        { accountId, cursor: cursor ?? '', limit },
        { caller },
      );
      response.json({
        items: entries.map(entryToJson),
        nextCursor: nextCursor === '' ? null : nextCursor,
      });
    },
  } satisfies Record<string, UserOperation>;
}
