import type { ServiceDefinition as LoadedService } from '@grpc/proto-loader';
import { packageDefinition } from './definitions';
import type { AuthServiceDefinition } from './generated/quayside/auth/v1/AuthService';
import type { PaymentsServiceDefinition } from './generated/quayside/payments/v1/PaymentsService';
import type { UsersServiceDefinition } from './generated/quayside/users/v1/UsersService';

function serviceDefinition(fullName: string): LoadedService {
  const found = packageDefinition[fullName];
  if (found === undefined) throw new Error(`protos/ declares no ${fullName}`);
  return found as LoadedService;
}

/** The gRPC service definitions, ready for a grpc-js server or client. */
export const services = {
  auth: serviceDefinition('quayside.auth.v1.AuthService') as unknown as AuthServiceDefinition,
  users: serviceDefinition('quayside.users.v1.UsersService') as unknown as UsersServiceDefinition,
  payments: serviceDefinition(
    'quayside.payments.v1.PaymentsService',
  ) as unknown as PaymentsServiceDefinition,
};
