import { ConfigError } from '@quayside/config';
import { services } from '@quayside/contracts';
import type { ServiceTokens } from '@quayside/identity';
import { createRpcClient } from '@quayside/rpc';
import type { Certificates, RpcClient } from '@quayside/rpc';
import type { BaseSettings } from './settings';

/** Services that can be called. */
export type ClientName = keyof typeof services;

/** How one service calls another. */
export interface ClientOptions {
  /** Methods that are safe to repeat, by their proto name. */
  retryable?: string[];
  /** Milliseconds a call may take when its caller left more. */
  defaultDeadlineMs?: number;
}

/**
 * The client of a service, made at first use from `<NAME>_ADDRESS`; later calls give the same one,
 * with the options of the first. Throws a ConfigError when the address is not set.
 */
export type Clients = <Name extends ClientName>(
  name: Name,
  options?: ClientOptions,
) => RpcClient<(typeof services)[Name]>;

/** Clients that are closed together. */
export interface ClientPool {
  clients: Clients;
  close(): void;
}

function addressOf(name: ClientName, settings: BaseSettings): string {
  const addresses = {
    auth: settings.AUTH_ADDRESS,
    users: settings.USERS_ADDRESS,
    payments: settings.PAYMENTS_ADDRESS,
  };
  const address = addresses[name];
  if (address !== undefined) return address;
  const setting = `${name.toUpperCase()}_ADDRESS`;
  throw new ConfigError([`${setting} is not set. Set it to where ${name} is, host:port.`]);
}

/** The clients of one process. */
export function createClientPool(
  settings: BaseSettings,
  serviceTokens: ServiceTokens,
  certificates?: Certificates,
): ClientPool {
  const open = new Map<ClientName, RpcClient<(typeof services)[ClientName]>>();
  const clients = (name: ClientName, options: ClientOptions = {}) => {
    const existing = open.get(name);
    if (existing) return existing;
    const client = createRpcClient({
      name,
      definition: services[name],
      address: addressOf(name, settings),
      serviceTokens,
      certificates,
      loadBalancing: settings.GRPC_LOAD_BALANCING,
      retries: settings.GRPC_RETRIES,
      ...options,
    });
    open.set(name, client);
    return client;
  };
  return {
    clients: clients as unknown as Clients,
    close: () => {
      for (const client of open.values()) client.close();
    },
  };
}
