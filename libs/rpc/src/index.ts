export type { BreakerOptions, BreakerState } from './breaker';
export type { CallContext } from './call-context';
export type { LoadBalancing } from './channel';
export {
  createRpcClient,
  type RpcCallOptions,
  type RpcClient,
  type RpcClientOptions,
} from './client';
export { currentDeadline, runWithDeadline } from './deadline';
export type {
  Definition,
  MethodName,
  ReceivedRequestOf,
  ReceivedResponseOf,
  RequestOf,
  ResponseOf,
} from './method-types';
export { createRpcServer, type RpcServer, type RpcServerOptions } from './server';
export {
  everyMethod,
  rpcService,
  type AccessRules,
  type Handlers,
  type RpcService,
} from './service';
export { openCertificates, type Certificates, type CertificatesOptions } from './tls/certificates';
