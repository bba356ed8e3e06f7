import type { Pod } from '../kubectl';
import { isReady } from '../kubectl';
import { selectorOf } from '../pods';
import type { Service } from '../releases';
import type { Step, World } from '../step';

/**
 * A program that makes another Node process of its container evaluate an expression: it opens the other one's inspector
 * (SIGUSR1) and stays connected. The first process of a container cannot be killed from inside, and a pod that is deleted
 * without grace still gets two seconds.
 */
export const evaluateIn = (pid: number, port: number, expression: string): string => `
process.kill(${pid}, 'SIGUSR1');
const evaluate = { id: 1, method: 'Runtime.evaluate', params: { expression: ${JSON.stringify(expression)} } };
async function connect(tries) {
  try {
    const [target] = await (await fetch('http://127.0.0.1:${port}/json')).json();
    const inspector = new WebSocket(target.webSocketDebuggerUrl);
    inspector.onopen = () => inspector.send(JSON.stringify(evaluate));
  } catch (error) {
    if (tries > 0) setTimeout(connect, 100, tries - 1);
    else throw error;
  }
}
connect(50);
`;

/** An exit would wait for the inspector to disconnect: a frozen process, not a crashed one. */
export const CRASH = 'process.abort()';
/** Nothing is answered any more, and no connection is closed. */
const FREEZE = 'for (;;);';

const FIRST_PROCESS = 1;
const INSPECTOR_PORT = 9229;

const restartsOf = ({ status }: Pod) =>
  (status.containerStatuses ?? []).reduce((sum, { restartCount }) => sum + restartCount, 0);

async function find({ kubectl }: World, service: Service, name: string): Promise<Pod> {
  const pod = (await kubectl.pods(selectorOf(service))).find((one) => one.metadata.name === name);
  if (pod === undefined) throw new Error(`The pod ${name} is gone.`);
  return pod;
}

const WITHIN_MS = 120_000;

function accident(name: string, service: Service, expression: string): Step {
  return {
    name,
    planned: false,
    async run(world) {
      const [victim] = (await world.kubectl.pods(selectorOf(service))).filter(isReady);
      if (victim === undefined) throw new Error(`${service} has no ready pod.`);
      const pod = victim.metadata.name;
      const before = restartsOf(victim);
      const started = performance.now();
      const took = () => performance.now() - started;
      // It ends with the process that it brings down.
      const program = evaluateIn(FIRST_PROCESS, INSPECTOR_PORT, expression);
      const command = ['exec', pod, '-c', service, '--', 'node', '-e', program];
      const said = await world.kubectl.run(command).catch((error: unknown) => String(error));
      for (;;) {
        const now = await find(world, service, pod);
        if (restartsOf(now) > before && isReady(now)) break;
        if (took() > WITHIN_MS) throw new Error(`${pod} did not end and come back: ${said}`);
        await world.wait(500);
      }
      return { notes: [`ready again after ${Math.round(took() / 1000)} s`] };
    },
  };
}

/** The process of a pod is gone from one moment to the next; its container is started again. */
export const crash = (service: Service): Step =>
  accident(`crash in a pod of ${service}`, service, CRASH);

/** The process of a pod is there and does nothing any more; the liveness probe has it started again. */
export const freeze = (service: Service): Step =>
  accident(`endless loop in a pod of ${service}`, service, FREEZE);
