import type { services } from '@quayside/contracts';
import type { RpcClient } from '@quayside/rpc';

/** The services that the gateway calls, and what holds here for a token of auth. */
export interface Downstream {
  auth: RpcClient<typeof services.auth>;
  users: RpcClient<typeof services.users>;
  payments: RpcClient<typeof services.payments>;
  /** For how many seconds the gateway takes a new token that auth gave so many. */
  takenFor: (lifetimeSeconds: number) => number;
}

/** Methods that may be called again when an answer is lost: reads, and calls that carry a key. */
export const retryable = {
  auth: [
    'GetJwks',
    'ListSessions',
    'ListApiKeys',
    'GetSecondFactor',
    'CheckRecentSignIn',
    'FindIdentity',
    'ListSessionsOf',
    // The sessions and keys that the first call ended are not ended again.
    'EndSessionsOf',
  ],
  // A reservation is keyed by its user id.
  users: ['ReserveHandle', 'ReleaseHandle', 'GetProfile', 'FindByHandle', 'FindUser'],
  payments: [
    'ListAccounts',
    // The second answer is the first account.
    'OpenAccount',
    'ListAccountsOf',
    // An account that is so already stays as it is.
    'FreezeAccount',
    'UnfreezeAccount',
    // Closed once, it is closed.
    'CloseAccounts',
    'GetStatement',
    'CreateTopUp',
    'GetTopUp',
    'ListTopUpsNeedingAttention',
    // The event has an id.
    'RecordProcessorEvent',
    'CreatePayment',
    'GetPayment',
    'CapturePayment',
    'VoidPayment',
    'RefundPayment',
  ],
};
