import type { Reader } from '../protocol/reader';
import type { Writer } from '../protocol/writer';
import type { BrokerState } from '../state';

/** A request whose header has been read; `body` stands at its first field. */
export interface Request {
  readonly version: number;
  readonly body: Reader;
  readonly clientId: string;
  /** Address of the client, as DescribeGroups shows it. */
  readonly clientHost: string;
  /** Where this client reached the broker, so where it is told to come again. */
  readonly address: { readonly host: string; readonly port: number };
}

/** One API of the protocol, in the versions this broker speaks. */
export interface Api {
  readonly key: number;
  readonly name: string;
  readonly minVersion: number;
  readonly maxVersion: number;
  /** The lowest version told to clients, where that differs from what is handled (see Produce). */
  readonly advertisedMinVersion?: number;
  /**
   * Writes the response body. Undefined means that this request has no response (acks=0).
   * Throws MalformedError if the body cannot be read; refusals are part of the response.
   */
  handle(
    request: Request,
    response: Writer,
    broker: BrokerState,
  ): Writer | undefined | Promise<Writer | undefined>;
}

/** Nobody is throttled here, but many responses begin with the time they were. */
export const NOT_THROTTLED = 0;

/** "Not asked or not known" for the authorized-operations fields: there are no access rules. */
export const NO_AUTHORIZED_OPERATIONS = -2147483648;
