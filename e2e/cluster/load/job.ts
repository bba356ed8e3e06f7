import { setTimeout as delay } from 'node:timers/promises';
import { isReady, type Forward, type Kubectl } from '../kubectl';
import { createControl, type Load } from './control';
import type { LoadSettings } from './local';
import { buildLoadProgram } from './program';

/** Where and what the generator runs as. */
export interface JobOptions extends LoadSettings {
  /** Also the name of its ConfigMap and its NetworkPolicy. */
  name: string;
  /** An image whose program is Node: the gateway's own, which the cluster has. */
  image: string;
  target: string;
}

const CONTROL_PORT = 8099;
const START_MS = 180_000;

function podOf({ name, image, target, people, perSecond, eventsWithinSeconds = 120 }: JobOptions) {
  const settings = {
    TARGET: target,
    PEOPLE: people,
    RATE: perSecond,
    EVENTS_WITHIN_SECONDS: eventsWithinSeconds,
    CONTROL_PORT,
  };
  return {
    restartPolicy: 'Never',
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    securityContext: {
      runAsNonRoot: true,
      runAsUser: 65532,
      runAsGroup: 65532,
      seccompProfile: { type: 'RuntimeDefault' },
    },
    containers: [
      {
        name: 'load',
        image,
        args: ['/load/load.js'],
        env: Object.entries(settings).map(([key, value]) => ({ name: key, value: String(value) })),
        securityContext: {
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ['ALL'] },
        },
        resources: {
          requests: { cpu: '50m', memory: '64Mi', 'ephemeral-storage': '16Mi' },
          limits: { cpu: '1', memory: '384Mi', 'ephemeral-storage': '64Mi' },
        },
        volumeMounts: [{ name: 'program', mountPath: '/load', readOnly: true }],
      },
    ],
    volumes: [{ name: 'program', configMap: { name } }],
  };
}

function manifestOf(options: JobOptions, program: string) {
  const { name } = options;
  const metadata = { name, labels: { 'quayside.dev/load': name } };
  // `journeys` is a node of the call graph in helm/values/env/ci.yaml: by this label the gateway lets it in.
  const labels = { ...metadata.labels, 'app.kubernetes.io/name': 'journeys' };
  return {
    apiVersion: 'v1',
    kind: 'List',
    items: [
      { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { 'load.js': program } },
      {
        apiVersion: 'networking.k8s.io/v1',
        kind: 'NetworkPolicy',
        metadata,
        spec: {
          podSelector: { matchLabels: metadata.labels },
          policyTypes: ['Ingress', 'Egress'],
          ingress: [],
          egress: [{}],
        },
      },
      {
        apiVersion: 'batch/v1',
        kind: 'Job',
        metadata,
        spec: { backoffLimit: 0, template: { metadata: { labels }, spec: podOf(options) } },
      },
    ],
  };
}

async function remove(kubectl: Kubectl, name: string): Promise<void> {
  const kinds = 'job,configmap,networkpolicy';
  await kubectl.run(['delete', kinds, '-l', `quayside.dev/load=${name}`, '--ignore-not-found']);
}

async function podName(kubectl: Kubectl, name: string): Promise<string> {
  const deadline = Date.now() + START_MS;
  for (;;) {
    const [pod] = await kubectl.pods(`quayside.dev/load=${name}`);
    if (pod && isReady(pod)) return pod.metadata.name;
    if (pod?.status.phase === 'Failed' || Date.now() > deadline) {
      const log = await kubectl.run(['logs', `job/${name}`]).catch(() => 'no log');
      throw new Error(`The load generator does not run in the cluster: ${log.trim()}`);
    }
    await delay(500);
  }
}

/** Runs the generator as a Job. Only its control port is reached by a port-forward; requests go by the cluster's ways. */
export async function startJobLoad(kubectl: Kubectl, options: JobOptions): Promise<Load> {
  const { name } = options;
  await remove(kubectl, name);
  await kubectl.apply(manifestOf(options, await buildLoadProgram()));
  const pod = await podName(kubectl, name);
  let way: Forward | undefined;

  const load = createControl(
    async () => {
      way ??= await kubectl.forward(`pod/${pod}`, CONTROL_PORT);
      return way.url;
    },
    () => {
      way?.close();
      way = undefined;
    },
  );
  return {
    ...load,
    async end() {
      await load.end();
      way?.close();
      await remove(kubectl, name);
    },
  };
}
