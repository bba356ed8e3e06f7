import { ErrorCode } from '../protocol/errors';
import { type Api, defineApi } from './api';

const PRODUCE = 0;

/** What the broker can do. The first request of every client. */
export const apiVersions = defineApi(18, 'ApiVersions', [0, 3], {
  flexible: 3,
  request: 'clientName@3+:string clientVersion@3+:string',
  response: 'error:int16 apis:[ key:int16 min:int16 max:int16 ] throttleMs@1+:int32',
  handle: (_, { apis }) => ({ apis: [...apis.values()].map(rangeOf) }),
});

/** The answer, in version 0, to a version of this API that is not known (KIP-511). */
export const unsupportedApiVersions = {
  error: ErrorCode.UNSUPPORTED_VERSION,
  apis: [rangeOf(apiVersions)],
};

function rangeOf({ key, minVersion, maxVersion: max }: Api) {
  // As in Kafka 4, which handles 3 and up: else librdkafka does not compress (KAFKA-18659).
  return { key, min: key === PRODUCE ? 0 : minVersion, max };
}
