import type { MessageTypeDefinition } from '@grpc/proto-loader';
import { packageDefinition } from './definitions';
import type { IdentityRegistered__Output } from './generated/quayside/auth/v1/IdentityRegistered';
import type { SessionEnded__Output } from './generated/quayside/auth/v1/SessionEnded';
import type { AccountOpened__Output } from './generated/quayside/payments/v1/AccountOpened';
import type { PaymentAuthorized__Output } from './generated/quayside/payments/v1/PaymentAuthorized';
import type { PaymentCaptured__Output } from './generated/quayside/payments/v1/PaymentCaptured';
import type { PaymentCompleted__Output } from './generated/quayside/payments/v1/PaymentCompleted';
import type { PaymentExpired__Output } from './generated/quayside/payments/v1/PaymentExpired';
import type { PaymentRefunded__Output } from './generated/quayside/payments/v1/PaymentRefunded';
import type { PaymentVoided__Output } from './generated/quayside/payments/v1/PaymentVoided';
import type { TopUpCompleted__Output } from './generated/quayside/payments/v1/TopUpCompleted';
import type { TopUpFailed__Output } from './generated/quayside/payments/v1/TopUpFailed';
import type { UserAccountsClosed__Output } from './generated/quayside/payments/v1/UserAccountsClosed';
import type { UserCreated__Output } from './generated/quayside/users/v1/UserCreated';
import type { UserErased__Output } from './generated/quayside/users/v1/UserErased';
import type { UserUpdated__Output } from './generated/quayside/users/v1/UserUpdated';

/** Payload of every event by its type, which is also the CloudEvents `type`. */
export interface EventPayloads {
  'quayside.auth.v1.IdentityRegistered': IdentityRegistered__Output;
  'quayside.auth.v1.SessionEnded': SessionEnded__Output;
  'quayside.users.v1.UserCreated': UserCreated__Output;
  'quayside.users.v1.UserUpdated': UserUpdated__Output;
  'quayside.users.v1.UserErased': UserErased__Output;
  'quayside.payments.v1.AccountOpened': AccountOpened__Output;
  'quayside.payments.v1.UserAccountsClosed': UserAccountsClosed__Output;
  'quayside.payments.v1.TopUpCompleted': TopUpCompleted__Output;
  'quayside.payments.v1.TopUpFailed': TopUpFailed__Output;
  'quayside.payments.v1.PaymentCompleted': PaymentCompleted__Output;
  'quayside.payments.v1.PaymentRefunded': PaymentRefunded__Output;
  'quayside.payments.v1.PaymentAuthorized': PaymentAuthorized__Output;
  'quayside.payments.v1.PaymentCaptured': PaymentCaptured__Output;
  'quayside.payments.v1.PaymentVoided': PaymentVoided__Output;
  'quayside.payments.v1.PaymentExpired': PaymentExpired__Output;
}

/** Full protobuf name of an event's payload. */
export type EventType = keyof EventPayloads;

function messageType<T extends EventType>(
  type: T,
): MessageTypeDefinition<EventPayloads[T], EventPayloads[T]> {
  const found = packageDefinition[type];
  if (found === undefined || !('serialize' in found)) {
    throw new Error(`protos/ declares no message ${type}`);
  }
  return found as MessageTypeDefinition<EventPayloads[T], EventPayloads[T]>;
}

/** The payload as protobuf bytes. Throws when it does not fit its message. */
export function encodeEvent<T extends EventType>(type: T, payload: EventPayloads[T]): Buffer {
  return messageType(type).serialize(payload);
}

/** The payload from protobuf bytes. Throws on bytes that are not this message. */
export function decodeEvent<T extends EventType>(type: T, bytes: Buffer): EventPayloads[T] {
  return messageType(type).deserialize(bytes);
}
