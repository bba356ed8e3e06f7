import * as all from './all';
import type { Api } from './api';

/** All APIs of this broker, by the key a request names. */
export const apis: ReadonlyMap<number, Api> = new Map(
  Object.values(all).map((api) => [api.key, api]),
);
