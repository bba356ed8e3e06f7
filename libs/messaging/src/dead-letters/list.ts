import { deadLetterTopic } from '@quayside/contracts';
import { readHeaders, type Headers } from '../events/headers';
import type { KafkaConnection } from '../kafka/connection';
import { readTopic } from '../kafka/read-topic';
import { readReason, withoutReason, type DeadLetterPlace, type DeadLetterReason } from './headers';
import { readMarks } from './marks';

/** A message that could not be applied, and why. */
export interface DeadLetter {
  /** Where it lies in the dead-letter topic. */
  partition: number;
  offset: string;
  reason: DeadLetterReason;
  /** CloudEvents id and type, if it has them. */
  id?: string;
  type?: string;
  key: string | null;
  value: Buffer | null;
  /** As it was first sent. */
  headers: Headers;
  /** Whether a replay of everything has passed it. */
  replayed: boolean;
}

/** The dead letters of a group and topic, oldest first. */
export async function listDeadLetters(
  kafka: KafkaConnection,
  { group, topic }: DeadLetterPlace,
): Promise<DeadLetter[]> {
  const letters = await readTopic(kafka, deadLetterTopic(group, topic));
  const marks = await readMarks(kafka, { group, topic });
  return letters.map(({ partition, message }) => {
    const headers = readHeaders(message.headers);
    const { ce_id: id, ce_type: type } = headers;
    return {
      partition,
      offset: message.offset,
      reason: readReason(headers),
      ...(id !== undefined && { id }),
      ...(type !== undefined && { type }),
      key: message.key?.toString() ?? null,
      value: message.value,
      headers: withoutReason(headers),
      replayed: BigInt(message.offset) < (marks.get(partition) ?? 0n),
    };
  });
}
