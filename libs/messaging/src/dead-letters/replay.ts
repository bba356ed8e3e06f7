import type { KafkaConnection } from '../kafka/connection';
import { createSender } from '../kafka/sender';
import type { DeadLetterPlace } from './headers';
import { listDeadLetters, type DeadLetter } from './list';
import { writeMarks } from './marks';

/** Which dead letters to replay. */
export interface ReplayOptions {
  /** Default: all that have not been replayed. With it, whichever it picks, and nothing counts as replayed. */
  select?: (letter: DeadLetter) => boolean;
}

const AT_ONCE = 100;

/**
 * Sends dead letters to their topic again, as they were first sent, and gives those sent. Other groups know them by
 * their id and do nothing. They come after whatever the key has seen since: order within the key is lost for them.
 */
export async function replayDeadLetters(
  kafka: KafkaConnection,
  place: DeadLetterPlace,
  { select }: ReplayOptions = {},
): Promise<DeadLetter[]> {
  const letters = await listDeadLetters(kafka, place);
  const chosen = letters.filter(select ?? (({ replayed }) => !replayed));
  const sender = createSender(kafka);
  try {
    for (let start = 0; start < chosen.length; start += AT_ONCE) {
      const messages = chosen
        .slice(start, start + AT_ONCE)
        .map(({ key, value, headers }) => ({ key, value, headers }));
      await sender.send([{ topic: place.topic, messages }]);
    }
  } finally {
    await sender.close();
  }
  if (select === undefined && chosen.length > 0) {
    await writeMarks(
      kafka,
      place,
      new Map(chosen.map(({ partition, offset }) => [partition, BigInt(offset) + 1n])),
    );
  }
  return chosen;
}
