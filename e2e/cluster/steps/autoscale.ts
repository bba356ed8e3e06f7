import { isReady } from '../kubectl';
import { selectorOf } from '../pods';
import type { Step, World } from '../step';

const SERVICE = 'payments';
const UP_WITHIN_MS = 300_000;
const DOWN_WITHIN_MS = 600_000;
const MORE = 2;
const LOOK_MS = 2_000;
/** So long nothing may change to be called calm: metrics of pods come a minute late. */
const CALM_LOOKS = 45;

async function until(
  { kubectl, wait }: World,
  what: string,
  withinMs: number,
  holds: (ready: number, all: number) => boolean,
  looks = 1,
): Promise<number> {
  const started = performance.now();
  for (let held = 0; ;) {
    const pods = await kubectl.pods(selectorOf(SERVICE));
    held = holds(pods.filter(isReady).length, pods.length) ? held + 1 : 0;
    if (held === looks) break;
    if (performance.now() - started > withinMs) {
      throw new Error(`${SERVICE} was not ${what} within ${withinMs / 1000} s.`);
    }
    await wait(LOOK_MS);
  }
  return Math.round((performance.now() - started) / 1000);
}

/** More load brings more pods, less load takes them away again. The autoscaler stays: it owns the number from now on. */
export const autoscale: Step = {
  name: 'HPA of payments up and down',
  planned: true,
  async unable({ kubectl }) {
    const metrics = ['--raw', '/apis/metrics.k8s.io/v1beta1/nodes'];
    return (await kubectl.has(metrics)) ? undefined : 'this cluster has no metrics API';
  },
  async run(world) {
    const { releases, load, settings, replicas } = world;
    // 60 % of a request that the load exceeds on a laptop, and that a pod without work stays far below.
    await releases.change(SERVICE, {
      'resources.requests.cpu': '35m',
      'autoscaling.enabled': true,
      'autoscaling.maxReplicas': replicas + MORE,
      'autoscaling.scaleDownAfterSeconds': 30,
    });
    const few = Math.max(1, Math.round(settings.perSecond / 10));
    const isDown = (ready: number, all: number) => ready === replicas && all === replicas;
    // Pods that have just started have used more than their load asks for.
    await load.setRate(few);
    await until(world, 'calm', DOWN_WITHIN_MS, isDown, CALM_LOOKS);
    await load.setRate(settings.perSecond * 4);
    const up = await until(world, 'scaled up', UP_WITHIN_MS, (ready) => ready > replicas);
    await load.setRate(few);
    const down = await until(world, 'scaled down', DOWN_WITHIN_MS, isDown);
    await load.setRate(settings.perSecond);
    return {
      notes: [`more pods after ${up} s of more load, ${replicas} again ${down} s after it`],
    };
  },
};
