import { apis } from '../api';
import type { Request } from '../api/api';
import { writeUnsupportedApiVersions } from '../api/api-versions';
import { MalformedError } from '../protocol/errors';
import { Reader } from '../protocol/reader';
import { Writer } from '../protocol/writer';
import type { BrokerState } from '../state';

const API_VERSIONS = 18;
/** From this version on its request header has tagged fields (header version 2). */
const FLEXIBLE_API_VERSIONS = 3;

/**
 * Answers one frame: the response without its size, or undefined if there is none to send.
 * Throws MalformedError for what has no answer in the protocol; the connection is to be closed then.
 */
export async function dispatch(
  frame: Buffer,
  peer: Pick<Request, 'clientHost' | 'address'>,
  broker: BrokerState,
): Promise<Buffer[] | undefined> {
  const body = new Reader(frame);
  const key = body.int16();
  const version = body.int16();
  const response = new Writer().int32(body.int32()); // correlation id
  const api = apis.get(key);
  if (!api) throw new MalformedError(`unknown API ${key}`);
  if (version < api.minVersion || version > api.maxVersion) {
    if (key === API_VERSIONS) return writeUnsupportedApiVersions(response, api).finish();
    throw new MalformedError(`unsupported version ${version} of ${api.name}`);
  }
  const clientId = body.nullableString() ?? '';
  if (key === API_VERSIONS && version >= FLEXIBLE_API_VERSIONS) body.skipTaggedFields();
  const written = await api.handle({ version, body, clientId, ...peer }, response, broker);
  return written?.finish();
}
