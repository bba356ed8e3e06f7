import { ErrorCode } from '../protocol/errors';
import type { Writer } from '../protocol/writer';
import { type Api, NOT_THROTTLED } from './api';

/** The versions told to clients: what is handled, but for Produce. */
type Advertised = Pick<Api, 'key' | 'minVersion' | 'maxVersion' | 'advertisedMinVersion'>;

/** API 18: what the broker can do. The first request of every client. */
export function apiVersions(others: readonly Advertised[]): Api {
  const api: Api = {
    key: 18,
    name: 'ApiVersions',
    minVersion: 0,
    maxVersion: 3,
    handle({ version, body }, response) {
      if (version >= 3) {
        body.compactString();
        body.compactString();
        body.skipTaggedFields();
        return writeFlexible(response, all);
      }
      response.int16(ErrorCode.NONE);
      writeRanges(response, all);
      return version >= 1 ? response.int32(NOT_THROTTLED) : response;
    },
  };
  const all = [...others, api].sort((one, other) => one.key - other.key);
  return api;
}

/** The answer to a version of ApiVersions that is not known: version 0 with error 35 (KIP-511). */
export function writeUnsupportedApiVersions(response: Writer, api: Api): Writer {
  response.int16(ErrorCode.UNSUPPORTED_VERSION);
  return writeRanges(response, [api]);
}

function writeRanges(response: Writer, ranges: readonly Advertised[]): Writer {
  return response.array(ranges, (range) => writeRange(response, range));
}

// Flexible encoding (KIP-482): array lengths are varints of length + 1, tagged fields end a structure.
function writeFlexible(response: Writer, ranges: readonly Advertised[]): Writer {
  response.int16(ErrorCode.NONE).unsignedVarint(ranges.length + 1);
  ranges.forEach((range) => writeRange(response, range).emptyTaggedFields());
  return response.int32(NOT_THROTTLED).emptyTaggedFields();
}

function writeRange(response: Writer, range: Advertised): Writer {
  const { key, minVersion, maxVersion, advertisedMinVersion = minVersion } = range;
  return response.int16(key).int16(advertisedMinVersion).int16(maxVersion);
}
