import type { services } from '@quayside/contracts';
import type { RpcClient } from '@quayside/rpc';

/** The services that the gateway calls. */
export interface Downstream {
  auth: RpcClient<typeof services.auth>;
  users: RpcClient<typeof services.users>;
  payments: RpcClient<typeof services.payments>;
}

/** Methods that may be called again when an answer is lost: reads, and calls that carry a key. */
export const retryable = {
  auth: ['GetJwks', 'ListSessions', 'ListApiKeys', 'GetSecondFactor'],
  // A reservation is keyed by its user id.
  users: ['ReserveHandle', 'ReleaseHandle', 'GetProfile', 'FindByHandle'],
  payments: [
    'ListAccounts',
    // The second answer is the first account.
    'OpenAccount',
    'GetStatement',
    'CreateTopUp',
    'GetTopUp',
    'CreatePayment',
    'GetPayment',
    'CapturePayment',
    'VoidPayment',
    'RefundPayment',
  ],
};
