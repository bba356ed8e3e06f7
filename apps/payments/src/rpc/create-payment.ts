import type { payments } from '@quayside/contracts';
import { requireStepUpIfEnrolled } from '@quayside/identity';
import type { CallContext } from '@quayside/rpc';
import { injectTraceContext } from '@quayside/telemetry';
import { positiveMoney } from '../domain/money';
import { resultOf } from '../posting/outcome';
import type { PaymentsDependencies } from './dependencies';
import { checkedKey, checkedText } from './text';
import { paymentToWire } from './wire';

/** Moves money from the caller to whoever has the handle, or sets it aside for them. */
export async function createPayment(
  { pay, holdMs, stepUp }: PaymentsDependencies,
  message: payments.CreatePaymentRequest__Output,
  { caller: proven, userId, deadline }: CallContext,
): Promise<payments.CreatePaymentResponse> {
  const caller = userId();
  const key = checkedKey(message.idempotencyKey);
  const money = positiveMoney(message.amount);
  if (proven.kind === 'user' && money.amount > stepUp.above) {
    requireStepUpIfEnrolled(proven, stepUp.maxAgeSeconds);
  }
  const toHandle = checkedText(message.toHandle, { path: '/toHandle', min: 1, max: 255 });
  const description = checkedText(message.description, { path: '/description', max: 140 });
  const content = [toHandle, money.amount.toString(), money.currency, description];
  if (message.authorizeOnly) content.push('hold');
  const request = { caller, operation: 'payment', key, content } as const;
  const outcome = await pay({
    identity: `${caller} ${key}`,
    deadline,
    request,
    toHandle,
    money,
    description,
    ...(message.authorizeOnly && { holdMs }),
    trace: injectTraceContext(),
  });
  return { payment: paymentToWire(resultOf(request, outcome)) };
}
