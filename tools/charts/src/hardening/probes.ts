import type { IContainer } from 'kubernetes-models/v1/Container';
import type { IProbe } from 'kubernetes-models/v1/Probe';
import { lastingContainersOf } from '../workload';
import { containerRule, workloadRule, type Rule } from './rule';

const PROBES = ['startupProbe', 'readinessProbe', 'livenessProbe'] as const;

/** What a probe asks: two probes are one when this is the same. */
const question = ({ httpGet, grpc, tcpSocket, exec }: IProbe) =>
  JSON.stringify({ httpGet, grpc, tcpSocket, exec });

function undeclaredPorts({ ports = [], ...container }: IContainer): string[] {
  const declared = ports.flatMap(({ name, containerPort }) => [name, containerPort]);
  return PROBES.flatMap((probe) => {
    const handler = container[probe];
    const port = handler?.httpGet?.port ?? handler?.tcpSocket?.port ?? handler?.grpc?.port;
    return port === undefined || declared.includes(port)
      ? []
      : [`${container.name}: the ${probe} asks port ${port}, which the container does not declare`];
  });
}

/** Whether the cluster notices that a process is not well. */
export const probes: Rule[] = [
  containerRule(
    {
      id: 'probes',
      title: 'what runs for ever says whether it is ready and whether it lives',
      alsoIn: 'KS pod-probes, KL, PO, KU C-0018/C-0056',
    },
    (container, { pod, finite }) =>
      finite || !lastingContainersOf(pod).includes(container)
        ? undefined
        : [
            ...(container.readinessProbe ? [] : ['has no readinessProbe']),
            ...(container.livenessProbe ? [] : ['has no livenessProbe']),
          ],
  ),
  workloadRule(
    {
      id: 'probes-differ',
      title: 'ready and alive are two questions: being busy is no reason to be killed',
      alsoIn: 'KS pod-probes-identical',
    },
    ({ pod }) =>
      lastingContainersOf(pod).flatMap(({ name, readinessProbe: ready, livenessProbe: alive }) =>
        ready && alive && question(ready) === question(alive)
          ? [`${name} asks the same twice`]
          : [],
      ),
  ),
  workloadRule(
    {
      id: 'probe-ports',
      title: 'probes ask ports that the container declares',
      alsoIn: 'KL liveness-port / readiness-port / startup-port',
    },
    ({ pod }) => lastingContainersOf(pod).flatMap(undeclaredPorts),
  ),
];
