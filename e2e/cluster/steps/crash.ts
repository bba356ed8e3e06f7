import type { Pod } from '../kubectl';
import { isReady } from '../kubectl';
import { selectorOf } from '../pods';
import type { Service } from '../releases';
import type { Step, World } from '../step';

/**
 * Ends a Node process as a crash does: no signal that it could answer to, all connections gone at once. The first process of
 * a container cannot be killed from inside, and a pod that is deleted without grace still gets two seconds. So its
 * inspector is opened (SIGUSR1) and told to exit.
 */
const CRASH = `
process.kill(1, 'SIGUSR1');
const exit = { id: 1, method: 'Runtime.evaluate', params: { expression: 'process.reallyExit(1)' } };
async function crash(tries) {
  try {
    const [target] = await (await fetch('http://127.0.0.1:9229/json')).json();
    const inspector = new WebSocket(target.webSocketDebuggerUrl);
    inspector.onopen = () => inspector.send(JSON.stringify(exit));
  } catch (error) {
    if (tries > 0) setTimeout(crash, 100, tries - 1);
    else throw error;
  }
}
crash(50);
`;

const restartsOf = ({ status }: Pod) =>
  (status.containerStatuses ?? []).reduce((sum, { restartCount }) => sum + restartCount, 0);

async function find({ kubectl }: World, service: Service, name: string): Promise<Pod> {
  const pod = (await kubectl.pods(selectorOf(service))).find((one) => one.metadata.name === name);
  if (pod === undefined) throw new Error(`The pod ${name} is gone.`);
  return pod;
}

const WITHIN_MS = 120_000;

/** The process of a pod is gone from one moment to the next; its container is started again. */
export function crash(service: Service): Step {
  return {
    name: `crash in a pod of ${service}`,
    planned: false,
    async run(world) {
      const [victim] = (await world.kubectl.pods(selectorOf(service))).filter(isReady);
      if (victim === undefined) throw new Error(`${service} has no ready pod.`);
      const { name } = victim.metadata;
      const before = restartsOf(victim);
      const started = performance.now();
      const took = () => performance.now() - started;
      // It ends with the process that it brings down.
      const command = ['exec', name, '-c', service, '--', 'node', '-e', CRASH];
      const said = await world.kubectl.run(command).catch((error: unknown) => String(error));
      for (;;) {
        const pod = await find(world, service, name);
        if (restartsOf(pod) > before && isReady(pod)) break;
        if (took() > WITHIN_MS) throw new Error(`${name} did not crash and come back: ${said}`);
        await world.wait(500);
      }
      return { notes: [`ready again after ${Math.round(took() / 1000)} s`] };
    },
  };
}
