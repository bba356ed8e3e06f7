import type { Downstream } from '../../downstream';
import type { UserOperation } from '../operation';
import { accountToJson, present } from '../wire';
import type { OnTheRecord } from './on-the-record';

/** What operators may do to accounts. */
export function adminAccountOperations({
  payments,
  onTheRecord,
}: Pick<Downstream, 'payments'> & { onTheRecord: OnTheRecord }) {
  const setStatus =
    (
      action: 'freeze_account' | 'unfreeze_account',
      method: 'FreezeAccount' | 'UnfreezeAccount',
    ): UserOperation =>
    async (request, response, caller) => {
      const { accountId } = request.params as { accountId: string };
      const { reason } = request.body as { reason: string };
      const wanted = { action, subjectAccountId: accountId, reason };
      const { account } = await onTheRecord(caller, wanted, () =>
        payments[method]({ accountId, reason }, { caller }),
      );
      response.json(accountToJson(present(account, 'the account')));
    };
  return {
    freezeAccount: setStatus('freeze_account', 'FreezeAccount'),
    unfreezeAccount: setStatus('unfreeze_account', 'UnfreezeAccount'),
  } satisfies Record<string, UserOperation>;
}
