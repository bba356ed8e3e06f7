export type { ClientName, ClientOptions, Clients } from './clients';
export type {
  ConsumerDefinition,
  ServiceContext,
  ServiceDefinition,
  ServiceParts,
} from './definition';
export type { Job } from './jobs';
export { migrateService } from './migrate-service';
export { StartAborted } from './retry';
export { runService } from './run-service';
export {
  baseSettings,
  baseSettingsFor,
  migrationSettings,
  topicSettings,
  type BaseSettings,
  type Settings,
} from './settings';
export { startService, type Ports, type RunningService, type StartOptions } from './start-service';
