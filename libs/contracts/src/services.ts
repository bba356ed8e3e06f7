import type { ServiceDefinition as LoadedService } from '@grpc/proto-loader';
import { packageDefinition } from './definitions';
import type { AuthServiceDefinition } from './generated/quayside/auth/v1/AuthService';
import type { PaymentsServiceDefinition } from './generated/quayside/payments/v1/PaymentsService';
import type { UsersServiceDefinition } from './generated/quayside/users/v1/UsersService';

function serviceDefinition<Definition>(fullName: string): Definition {
  const found = packageDefinition[fullName];
  if (found === undefined) throw new Error(`protos/ declares no ${fullName}`);
  return found as LoadedService as Definition;
}

/** The gRPC service definitions, ready for a grpc-js server or client. */
export const services = {
  auth: serviceDefinition<AuthServiceDefinition>('quayside.auth.v1.AuthService'),
  users: serviceDefinition<UsersServiceDefinition>('quayside.users.v1.UsersService'),
  payments: serviceDefinition<PaymentsServiceDefinition>('quayside.payments.v1.PaymentsService'),
};
