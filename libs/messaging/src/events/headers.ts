// CloudEvents 1.0, Kafka protocol binding, binary content mode:
// https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/kafka-protocol-binding.md

/** What the envelope of an event says. */
export interface Envelope {
  id: string;
  type: string;
  source: string;
  time: Date;
}

/** Message headers as text; the first value where there are several. */
export type Headers = Record<string, string>;

const SPEC_VERSION = '1.0';
const CONTENT_TYPE = 'application/protobuf';
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The headers of an event. */
export const cloudEventHeaders = ({ id, type, source, time }: Envelope): Headers => ({
  ce_specversion: SPEC_VERSION,
  ce_id: id,
  ce_source: source,
  ce_type: type,
  ce_time: time.toISOString(),
  'content-type': CONTENT_TYPE,
});

type RawHeader = Buffer | string | (Buffer | string)[] | undefined;

/** Headers as they come from the broker, as text. */
export function readHeaders(raw: Record<string, RawHeader> = {}): Headers {
  const headers: Headers = {};
  for (const [name, value] of Object.entries(raw)) {
    const first = Array.isArray(value) ? value[0] : value;
    if (first !== undefined) headers[name] = first.toString();
  }
  return headers;
}

/** The envelope that the headers carry; throws a sentence that says what is wrong with it. */
export function readEnvelope(headers: Headers): Envelope {
  const {
    ce_specversion: version,
    ce_id: id = '',
    ce_type: type = '',
    ce_source: source = '',
  } = headers;
  if (version !== SPEC_VERSION)
    throw new Error('The message is not a CloudEvent 1.0 in binary mode.');
  if (!UUID.test(id)) throw new Error('The event has no UUID as its id.');
  if (type === '' || source === '') throw new Error('The event has no type or no source.');
  const time = new Date(headers.ce_time ?? Number.NaN);
  if (Number.isNaN(time.getTime())) throw new Error('The event has no valid time.');
  return { id: id.toLowerCase(), type, source, time };
}
