import type { Downstream } from '../downstream';
import type { UserOperation } from './operation';
import { accountToJson, entryToJson, moneyToJson, present, timeFromJson } from './wire';

interface StatementQuery {
  cursor?: string;
  limit: number;
  from?: string;
  to?: string;
}

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
      const { cursor, limit, from, to } = request.query as unknown as StatementQuery;
      const page = await payments.GetStatement(
        { accountId, cursor: cursor ?? '', limit, from: timeFromJson(from), to: timeFromJson(to) },
        { caller },
      );
      const { entries, nextCursor, openingBalance, closingBalance } = page;
      response.json({
        items: entries.map(entryToJson),
        nextCursor: nextCursor === '' ? null : nextCursor,
        ...(openingBalance && { openingBalance: moneyToJson(openingBalance) }),
        ...(closingBalance && { closingBalance: moneyToJson(closingBalance) }),
      });
    },
  } satisfies Record<string, UserOperation>;
}
