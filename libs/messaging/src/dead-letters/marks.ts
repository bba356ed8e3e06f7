import { deadLetterTopic } from '@quayside/contracts';
import type { Admin } from 'kafkajs';
import { openClient, type KafkaConnection } from '../kafka/connection';
import type { DeadLetterPlace } from './headers';

// How far the dead letters have been replayed is kept where Kafka keeps such things: as offsets of a group that
// nobody ever joins.
const markGroup = (topic: string) => `${topic}.replay`;

async function withAdmin<T>(kafka: KafkaConnection, use: (admin: Admin) => Promise<T>): Promise<T> {
  const client = openClient(kafka);
  const admin = client.kafka.admin();
  try {
    await admin.connect();
    return await use(admin);
  } finally {
    await client.close(admin);
  }
}

/** The first offset of each partition that has not been replayed. */
export function readMarks(
  kafka: KafkaConnection,
  { group, topic }: DeadLetterPlace,
): Promise<Map<number, bigint>> {
  const letters = deadLetterTopic(group, topic);
  return withAdmin(kafka, async (admin) => {
    const found = await admin.fetchOffsets({ groupId: markGroup(letters), topics: [letters] });
    const partitions = found.flatMap((entry) => entry.partitions);
    return new Map(
      partitions
        .filter(({ offset }) => BigInt(offset) >= 0n)
        .map(({ partition, offset }) => [partition, BigInt(offset)]),
    );
  });
}

/** Moves the marks. */
export async function writeMarks(
  kafka: KafkaConnection,
  { group, topic }: DeadLetterPlace,
  marks: Map<number, bigint>,
): Promise<void> {
  const letters = deadLetterTopic(group, topic);
  const partitions = [...marks].map(([partition, next]) => ({ partition, offset: String(next) }));
  await withAdmin(kafka, (admin) =>
    admin.setOffsets({ groupId: markGroup(letters), topic: letters, partitions }),
  );
}
