export { createAdminServer, type AdminServerOptions } from './admin-server';
export { createHttpApp, type HttpAppOptions } from './app';
export { isPreflight } from './cors';
export { HealthState, type DependencyCheck, type HealthReport } from './health';
export { onceOver } from './once-over';
export { sendProblem } from './problems';
export { rawBodyOf } from './raw-body';
export { requestId } from './request-id';
export { markAsStream } from './route-metrics';
export {
  createHttpServer,
  type Address,
  type Admit,
  type DrainResult,
  type HttpServer,
  type HttpServerOptions,
} from './server';
export { turnAwayWith } from './turn-away';
