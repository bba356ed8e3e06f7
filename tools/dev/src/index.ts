export { freePort, isFree } from './ports';
export {
  createDatabases,
  urlsOf,
  type DatabaseSpec,
  type DatabaseUrls,
  type Role,
} from './postgres/databases';
export { startPostgres, type Postgres, type StartPostgresOptions } from './postgres/start';
export type { DataFolder } from './runner/data-folder';
export { residentBytes } from './runner/memory';
export { findRunning, type Runtime } from './runner/runtime-file';
export { readSecrets } from './runner/secrets';
export { startSystem, type RunningSystem, type StartSystemOptions } from './runner/start-system';
export { topology, withPrograms, type ServiceSpec, type Topology } from './topology';
