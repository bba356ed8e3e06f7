import { defineApi } from './api';

/** A group's committed positions; -1 where there is none. */
export const offsetFetch = defineApi(9, 'OffsetFetch', [1, 5], {
  request: 'group:string topics:?[ name:string partitions:[int32] ]',
  response: `throttleMs@3+:int32 topics:[ name:string partitions:[ partition:int32 offset:int64=-1
    leaderEpoch@5+:int32=-1 metadata:?string= error:int16 ] ] error@2+:int16`,
  handle({ group, topics }, { broker: { groups } }) {
    const wanted = topics ?? byTopic(groups.offsets.ofGroup(group));
    return {
      topics: wanted.map(({ name, partitions }) => ({
        name,
        partitions: partitions.map((partition) => ({
          partition,
          ...groups.offsets.get(group, name, partition),
        })),
      })),
    };
  },
});

function byTopic(committed: readonly { topic: string; partition: number }[]) {
  const partitions = new Map<string, number[]>(committed.map(({ topic }) => [topic, []]));
  for (const { topic, partition } of committed) partitions.get(topic)?.push(partition);
  return [...partitions].map(([name, indexes]) => ({ name, partitions: indexes }));
}
