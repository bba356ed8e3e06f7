// The floor: Express in one process, grpc-js in another, the same request and answer as a payment, no
// database, no telemetry, no validation. `node echo.ts back` or `node echo.ts front <back's port>`.
import type { AddressInfo } from 'node:net';
import {
  Server,
  ServerCredentials,
  credentials,
  makeGenericClientConstructor,
  type handleUnaryCall,
  type ServiceError,
} from '@grpc/grpc-js';
import { services, type payments } from '@quayside/contracts';
import express from 'express';

type CreatePayment = handleUnaryCall<
  payments.CreatePaymentRequest__Output,
  payments.CreatePaymentResponse
>;

function startBack(): void {
  const server = new Server();
  const createPayment: CreatePayment = ({ request }, answer) => {
    const { toHandle, amount, description } = request;
    answer(null, {
      payment: {
        paymentId: '0190b6a0-0000-7000-8000-000000000000',
        status: 'PAYMENT_STATUS_COMPLETED',
        fromHandle: 'echo',
        toHandle,
        amount,
        description,
      },
    });
  };
  server.addService(
    { CreatePayment: services.payments.CreatePayment },
    { CreatePayment: createPayment },
  );
  server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, port) => {
    if (error) throw error;
    process.send?.(port);
  });
}

function startFront(backPort: string): void {
  const Client = makeGenericClientConstructor(
    { CreatePayment: services.payments.CreatePayment },
    'Echo',
  );
  const client = new Client(`127.0.0.1:${backPort}`, credentials.createInsecure());
  const app = express();
  app.use(express.json());
  app.post('/api/v1/payments', (request, response) => {
    const body = request.body as payments.CreatePaymentRequest;
    const done = (error: ServiceError | null, answer?: payments.CreatePaymentResponse__Output) => {
      if (error) response.status(500).json({ error: error.message });
      else response.status(201).json(answer?.payment);
    };
    (client as unknown as payments.PaymentsServiceClient).CreatePayment(body, done);
  });
  const server = app.listen(0, '127.0.0.1', () => {
    process.send?.((server.address() as AddressInfo).port);
  });
}

const [role, backPort = ''] = process.argv.slice(2);
if (role === 'back') startBack();
else startFront(backPort);
// Started by a bench: it must not outlive that.
process.on('disconnect', () => process.exit());
