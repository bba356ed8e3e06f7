export { testBroker, type TestBroker } from './broker';
export {
  testCardProcessor,
  type TestCardProcessor,
  type TestCardProcessorOptions,
} from './card-processor';
export { testDatabase, type TestDatabase } from './database';
export { testPostgres, type TestPostgres } from './postgres';
export { walkMethods, type Walk } from './refused-credentials';
export { createContract, type Seen } from './response-contract';
export { settingsTable, type SettingsRow } from './settings-table';
export {
  answered,
  forOperators,
  refused,
  unproven,
  walkAsStranger,
  type StrangersCall,
  type StrangersWalk,
} from './strangers-calls';
export { testTokens, type TestTokens, type TokenClaims } from './tokens';
export { waitFor, type WaitOptions } from './wait-for';
