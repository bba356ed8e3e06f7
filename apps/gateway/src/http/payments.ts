import type { Request } from 'express';
import type { Downstream } from '../downstream';
import type { UserOperation } from './operation';
import { paymentToJson, present, refundToJson, topUpToJson } from './wire';

interface MoneyBody {
  amount: string;
  currency: string;
}

/** The document requires the header wherever this is used. */
const idempotencyKey = (request: Request): string => request.get('idempotency-key') ?? '';

/** Money in, across and back. */
export function paymentOperations({ payments }: Downstream) {
  return {
    async createTopUp(request, response, caller) {
      const body = request.body as { amount: MoneyBody; cardToken?: string };
      const answer = await payments.CreateTopUp(
        {
          idempotencyKey: idempotencyKey(request),
          amount: body.amount,
          cardToken: body.cardToken ?? '',
        },
        { caller },
      );
      const topUp = topUpToJson(present(answer.topUp, 'the top-up'));
      response
        .status(topUp.status === 'pending' ? 202 : 201)
        .location(`/api/v1/top-ups/${topUp.topUpId}`)
        .json(topUp);
    },

    async getTopUp(request, response, caller) {
      const { topUpId } = request.params as { topUpId: string };
      const { topUp } = await payments.GetTopUp({ topUpId }, { caller });
      response.json(topUpToJson(present(topUp, 'the top-up')));
    },

    async createPayment(request, response, caller) {
      const body = request.body as {
        toHandle: string;
        amount: MoneyBody;
        description?: string;
        capture?: boolean;
      };
      const { payment } = await payments.CreatePayment(
        {
          idempotencyKey: idempotencyKey(request),
          toHandle: body.toHandle.toLowerCase(),
          amount: body.amount,
          description: body.description ?? '',
          authorizeOnly: body.capture === false,
        },
        { caller },
      );
      const made = paymentToJson(present(payment, 'the payment'));
      response.status(201).location(`/api/v1/payments/${made.paymentId}`).json(made);
    },

    async getPayment(request, response, caller) {
      const { paymentId } = request.params as { paymentId: string };
      const { payment } = await payments.GetPayment({ paymentId }, { caller });
      response.json(paymentToJson(present(payment, 'the payment')));
    },

    async capturePayment(request, response, caller) {
      const { paymentId } = request.params as { paymentId: string };
      const body = request.body as { amount?: MoneyBody } | undefined;
      const { payment } = await payments.CapturePayment(
        { idempotencyKey: idempotencyKey(request), paymentId, amount: body?.amount },
        { caller },
      );
      const captured = paymentToJson(present(payment, 'the payment'));
      response.status(201).location(`/api/v1/payments/${paymentId}`).json(captured);
    },

    async voidPayment(request, response, caller) {
      const { paymentId } = request.params as { paymentId: string };
      const { payment } = await payments.VoidPayment(
        { idempotencyKey: idempotencyKey(request), paymentId },
        { caller },
      );
      const voided = paymentToJson(present(payment, 'the payment'));
      response.status(201).location(`/api/v1/payments/${paymentId}`).json(voided);
    },

    async refundPayment(request, response, caller) {
      const { paymentId } = request.params as { paymentId: string };
      const body = request.body as { amount?: MoneyBody } | undefined;
      const { refund } = await payments.RefundPayment(
        { idempotencyKey: idempotencyKey(request), paymentId, amount: body?.amount },
        { caller },
      );
      // What a refund changed is to be read from its payment.
      response
        .status(201)
        .location(`/api/v1/payments/${paymentId}`)
        .json(refundToJson(present(refund, 'the refund')));
    },
  } satisfies Record<string, UserOperation>;
}
