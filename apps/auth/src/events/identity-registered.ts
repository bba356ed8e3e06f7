import type { OutboxEvent } from '@quayside/messaging';
import type { SignUp } from '../domain/sign-up';

/** The event that announces a new identity. It carries no e-mail address: events outlive erasure. */
export function identityRegistered(
  signUp: SignUp,
): OutboxEvent<'quayside.auth.v1.IdentityRegistered'> {
  return {
    type: 'quayside.auth.v1.IdentityRegistered',
    key: signUp.userId,
    subject: signUp.userId,
    payload: {
      userId: signUp.userId,
      handle: signUp.handle,
      displayName: signUp.displayName,
    },
  };
}
