import { isReady } from '../kubectl';
import { selectorOf } from '../pods';
import type { Service } from '../releases';
import type { Step } from '../step';

/** A pod is deleted without a grace period: the kubelet gives it two seconds, less than its drain. */
export function podKill(service: Service): Step {
  return {
    name: `kill of a ${service} pod`,
    planned: false,
    async run({ kubectl, replicas }) {
      const [victim] = (await kubectl.pods(selectorOf(service))).filter(isReady);
      if (victim === undefined) throw new Error(`${service} has no ready pod.`);
      const kill = ['delete', 'pod', victim.metadata.name, '--grace-period=0', '--force'];
      const started = performance.now();
      await kubectl.run(kill);
      await kubectl.settled(selectorOf(service), replicas);
      const seconds = Math.round((performance.now() - started) / 1000);
      return { notes: [`${replicas} ready again after ${seconds} s`] };
    },
  };
}
