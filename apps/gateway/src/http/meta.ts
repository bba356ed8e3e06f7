import type { ApiDocument } from './document';
import { keptWhenStale, type FetchJwks } from './jwks';
import type { PublicOperation } from './operation';

/**
 * What clients may do with the key set. A new key is published for five minutes before it signs, longer than both of
 * these and all other caches on the way take together. A long stale-if-error would let a shared cache miss that, and
 * keep keys that were replaced because somebody else may know them.
 */
const JWKS_CACHING = 'public, max-age=60, stale-if-error=60';

/** What describes the system: its keys and its API. */
export function metaOperations({
  document,
  fetchJwks,
}: {
  document: ApiDocument;
  fetchJwks: FetchJwks;
}) {
  const openApi = JSON.stringify(document);
  const jwks = keptWhenStale(fetchJwks);
  return {
    async getJwks(_request, response) {
      const text = await jwks();
      response.setHeader('Cache-Control', JWKS_CACHING);
      response.type('application/json').send(text);
    },

    getOpenApi(_request, response) {
      response.setHeader('Cache-Control', 'public, max-age=60');
      response.type('application/json').send(openApi);
    },
  } satisfies Record<string, PublicOperation>;
}
