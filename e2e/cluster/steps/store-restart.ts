import { setTimeout as delay } from 'node:timers/promises';
import type { Kubectl, Pod } from '../kubectl';
import { isReady } from '../kubectl';
import type { Step } from '../step';

const WITHIN_MS = 300_000;

async function readyAgain(kubectl: Kubectl, pod: string, uid: string): Promise<void> {
  const deadline = Date.now() + WITHIN_MS;
  for (;;) {
    const text = await kubectl.run(['get', 'pod', pod, '-o', 'json']).catch(() => undefined);
    const now = text === undefined ? undefined : (JSON.parse(text) as Pod);
    if (now && now.metadata.uid !== uid && isReady(now)) return;
    if (Date.now() > deadline) throw new Error(`${pod} is not ready again.`);
    await delay(500);
  }
}

function restart(name: string, pod: string, planned: boolean): Step {
  return {
    name,
    planned,
    unable: async ({ kubectl }) =>
      (await kubectl.has(['pod', pod])) ? undefined : `there is no pod ${pod} here`,
    async run({ kubectl }) {
      const before = JSON.parse(await kubectl.run(['get', 'pod', pod, '-o', 'json'])) as Pod;
      const started = performance.now();
      await kubectl.run(['delete', 'pod', pod]);
      await readyAgain(kubectl, pod, before.metadata.uid);
      const seconds = Math.round((performance.now() - started) / 1000);
      return { notes: [`${pod} ready again after ${seconds} s`] };
    },
  };
}

/** The only database of a service is away for a while: requests that need it fail, and nothing is lost. */
export const postgresRestart = restart(
  'restart of postgres-payments',
  'postgres-payments-0',
  false,
);

/** Kafka is away: nobody waits for it, events wait in the outbox. No request may fail. */
export const kafkaRestart = restart('restart of kafka', 'kafka-0', true);
