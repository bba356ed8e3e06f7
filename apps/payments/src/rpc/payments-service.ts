import { services } from '@quayside/contracts';
import { access } from '@quayside/identity';
import { rpcService, type RpcService } from '@quayside/rpc';
import { closeAccounts } from './close-accounts';
import { createPayment } from './create-payment';
import { createTopUp } from './create-top-up';
import type { PaymentsDependencies } from './dependencies';
import { getStatement } from './get-statement';
import { listAccountsOf, setAccountStatus } from './freeze-account';
import { openAccount } from './open-account';
import { recordProcessorEvent } from './processor-events';
import { getPayment, getTopUp, listAccounts } from './reads';
import { refundPayment } from './refund-payment';
import { listTopUpsNeedingAttention, resumeTopUp } from './top-ups-needing-attention';
import { capturePayment, voidPayment } from './settle-hold';

/** quayside.payments.v1.PaymentsService: who may call what, and which function answers. */
export function paymentsService(dependencies: PaymentsDependencies): RpcService {
  return rpcService(
    services.payments,
    {
      ListAccounts: access.user('accounts:read'),
      OpenAccount: access.user('payments:write'),
      ListAccountsOf: access.user('ops:read'),
      FreezeAccount: access.user('ops'),
      UnfreezeAccount: access.user('ops'),
      CloseAccounts: access.user('payments:write'),
      GetStatement: access.user('accounts:read'),
      CreateTopUp: access.user('payments:write'),
      GetTopUp: access.user('accounts:read'),
      RecordProcessorEvent: access.service('gateway'),
      ListTopUpsNeedingAttention: access.user('ops:read'),
      ResumeTopUp: access.user('ops'),
      CreatePayment: access.user('payments:write'),
      GetPayment: access.user('accounts:read'),
      CapturePayment: access.user('payments:write'),
      VoidPayment: access.user('payments:write'),
      RefundPayment: access.user('payments:write'),
    },
    {
      ListAccounts: (_request, context) => listAccounts(dependencies, context),
      OpenAccount: (request, context) => openAccount(dependencies, request, context),
      ListAccountsOf: (request, context) => listAccountsOf(dependencies, request, context),
      FreezeAccount: (request, context) =>
        setAccountStatus(dependencies, 'frozen', request, context),
      UnfreezeAccount: (request, context) =>
        setAccountStatus(dependencies, 'open', request, context),
      CloseAccounts: (_request, context) => closeAccounts(dependencies, context),
      GetStatement: (request, context) => getStatement(dependencies, request, context),
      CreateTopUp: (request, context) => createTopUp(dependencies, request, context),
      GetTopUp: (request, context) => getTopUp(dependencies, request, context),
      RecordProcessorEvent: (request, context) =>
        recordProcessorEvent(dependencies, request, context),
      ListTopUpsNeedingAttention: (request, context) =>
        listTopUpsNeedingAttention(dependencies, request, context),
      ResumeTopUp: (request, context) => resumeTopUp(dependencies, request, context),
      CreatePayment: (request, context) => createPayment(dependencies, request, context),
      GetPayment: (request, context) => getPayment(dependencies, request, context),
      CapturePayment: (request, context) => capturePayment(dependencies, request, context),
      VoidPayment: (request, context) => voidPayment(dependencies, request, context),
      RefundPayment: (request, context) => refundPayment(dependencies, request, context),
    },
  );
}
