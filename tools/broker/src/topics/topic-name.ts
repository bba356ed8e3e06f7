import { ErrorCode, ProtocolError } from '../protocol/errors';

const MAX_LENGTH = 249;

/** Kafka's rule for names, which also makes them safe folder names. Throws ProtocolError. */
export function checkTopicName(name: string): void {
  const isLegal = /^[a-zA-Z0-9._-]+$/.test(name) && name.length <= MAX_LENGTH;
  if (!isLegal || name === '.' || name === '..') {
    throw new ProtocolError(ErrorCode.INVALID_TOPIC, `not a topic name: ${JSON.stringify(name)}`);
  }
}

/** Kafka refuses names that differ only in '.' and '_', because its metric names would be the same. */
export function collides(one: string, other: string): boolean {
  return one !== other && one.replaceAll('.', '_') === other.replaceAll('.', '_');
}
