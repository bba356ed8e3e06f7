import { createHash } from 'node:crypto';
import { runHelm } from '@quayside/charts';
import { parseAllDocuments } from 'yaml';
import type { Run } from '../command';
import type { Kubectl, Pod } from '../kubectl';
import type { Load } from '../load/control';
import type { Summary } from '../load/window';
import { createReleases } from '../releases';
import { readClusterSettings } from '../settings';
import type { World } from '../step';

interface Rendered {
  kind: string;
  metadata: { name: string };
  spec: {
    replicas?: number;
    selector?: Record<string, string>;
    template?: { metadata: { labels: Record<string, string> } };
    rules?: { backendRefs: { name: string; weight?: number }[] }[];
  };
}

const REPLICAS = 2;
const REQUESTS_PER_SECOND = 30;

const readyPod = (name: string, uid: string, labels: Record<string, string>): Pod => ({
  metadata: { name, uid, labels },
  spec: { nodeName: 'one' },
  status: { phase: 'Running', conditions: [{ type: 'Ready', status: 'True' }] },
});

function podsOf(objects: Rendered[], killed: Map<string, number>): Pod[] {
  return objects
    .filter(({ kind }) => kind === 'Deployment')
    .flatMap(({ metadata, spec }) => {
      const template = createHash('sha256').update(JSON.stringify(spec.template)).digest('hex');
      return Array.from({ length: spec.replicas ?? REPLICAS }, (_, n) => {
        const name = `${metadata.name}-${n}`;
        const uid = `${template}-${killed.get(name) ?? 0}`;
        return readyPod(name, uid, spec.template?.metadata.labels ?? {});
      });
    });
}

/** A migration grants to the role that runs the service, and there is no other; as Helm tells of a hook that fails. */
function refuseBrokenMigration(release: string, objects: Rendered[]): void {
  const job = objects.find(({ kind, metadata }) => {
    return kind === 'Job' && metadata.name === `${release}-migrate`;
  });
  const role = /"name":"RUNTIME_ROLE","value":"(\w+)"/.exec(JSON.stringify(job))?.[1];
  if (!job || role === `${release}_app`) return;
  throw new Error(`UPGRADE FAILED: pre-upgrade hooks failed: job ${job.metadata.name} failed`);
}

const has = (labels: Record<string, string> = {}, selector: Record<string, string> = {}) =>
  Object.entries(selector).every(([key, value]) => labels[key] === value);

/**
 * A cluster of paper: what is installed is what helm renders, every pod is ready at once, and requests go where Services
 * and routes point. It shows that the steps' values go together and that the steps see what they look for.
 */
export function simulateCluster(env: Record<string, string> = {}) {
  const installed = new Map<string, Rendered[]>();
  const history = new Map<string, Rendered[][]>();
  const killed = new Map<string, number>();
  const crashes = new Map<string, number>();
  const answered = new Map<string, number>();
  const commands: string[] = [];
  const rates: number[] = [];
  const logs = 'There is no role nobody_here, to which the migrations grant. Create it first.';

  async function helm(args: string[]): Promise<string> {
    const [command = '', ...rest] = args;
    if (command === 'history') return JSON.stringify([{ revision: history.get(rest[0]!)!.length }]);
    if (command === 'rollback') {
      installed.set(rest[0]!, history.get(rest[0]!)![Number(rest[1]) - 1]!);
      return '';
    }
    const [release = '', chart = '', ...values] = rest.filter((arg) => arg !== '--install');
    const unknown = ['--kube-context', '--timeout'];
    const kept = values.filter((arg, n) => {
      return !unknown.includes(arg) && !unknown.includes(values[n - 1] ?? '') && arg !== '--wait';
    });
    const { exitCode, stdout, stderr } = await runHelm(['template', release, chart, ...kept]);
    if (exitCode !== 0) throw new Error(stderr);
    const objects = parseAllDocuments(stdout).flatMap(
      (document) => (document.toJS() as Rendered | null) ?? [],
    );
    refuseBrokenMigration(release, objects);
    installed.set(release, objects);
    history.set(release, [...(history.get(release) ?? []), objects]);
    return '';
  }

  const allPods = () => [...installed.values()].flatMap((objects) => podsOf(objects, killed));

  function send(objects: Rendered[], service: string, requests: number): void {
    const found = objects.find(
      ({ kind, metadata }) => kind === 'Service' && metadata.name === service,
    );
    const targets = podsOf(objects, killed).filter(({ metadata }) =>
      has(metadata.labels, found?.spec.selector),
    );
    for (const { metadata } of targets) {
      answered.set(metadata.name, (answered.get(metadata.name) ?? 0) + requests / targets.length);
    }
  }

  function flow(seconds: number): void {
    const requests = seconds * REQUESTS_PER_SECOND;
    for (const [release, objects] of installed) {
      const route = objects.find(({ kind }) => kind === 'HTTPRoute');
      const backends = route?.spec.rules?.[0]?.backendRefs ?? [{ name: release }];
      const total = backends.reduce((sum, { weight = 1 }) => sum + weight, 0);
      for (const { name, weight = 1 } of backends) send(objects, name, (requests * weight) / total);
    }
  }

  const run: Run = (program, args) => {
    commands.push([program, ...args].join(' '));
    return program === 'helm' ? helm(args) : Promise.resolve('');
  };
  const wait = (ms: number) => {
    flow(ms / 1000);
    return Promise.resolve();
  };
  const pods = (selector: string) => {
    const [key = '', value = ''] = selector.split('=');
    const found = allPods().filter(({ metadata }) => metadata.labels?.[key] === value);
    for (const { metadata, status } of found) {
      status.containerStatuses = [{ restartCount: crashes.get(metadata.name) ?? 0 }];
    }
    return Promise.resolve(found);
  };
  const kubectl = {
    pods,
    get: () => Promise.resolve([]),
    has: () => Promise.resolve(true),
    apply: () => Promise.resolve(''),
    rolledOut: () => Promise.resolve(''),
    forward: () => Promise.reject(new Error('nothing to forward to')),
    async settled(selector: string, replicas: number) {
      const { length } = await pods(selector);
      if (length !== replicas) throw new Error(`${selector}: ${length} pods, not ${replicas}`);
    },
    run(args: string[]) {
      commands.push(['kubectl', ...args].join(' '));
      const [command, first = '', second = ''] = args;
      if (command === 'delete' && first === 'pod')
        killed.set(second, (killed.get(second) ?? 0) + 1);
      if (command === 'exec' && args.at(-1)?.includes('Runtime.evaluate')) {
        crashes.set(first, (crashes.get(first) ?? 0) + 1);
      }
      if (command === 'logs') return Promise.resolve(logs);
      if (command === 'exec') return Promise.resolve(`x_count{} ${answered.get(first) ?? 0}`);
      return Promise.resolve('10.0.0.1');
    },
  } satisfies Kubectl;

  const calm: Summary = {
    seconds: 1,
    requests: 30,
    failed: 0,
    failures: [],
    recoveryMs: 0,
    p50Ms: 1,
    p99Ms: 2,
    maxMs: 3,
    notSent: 0,
  };
  const load: Load = {
    ready: () => Promise.resolve(),
    cut: () => Promise.resolve(calm),
    setRate: (rate) => Promise.resolve(void rates.push(rate)),
    audit: () => Promise.resolve({ accepted: 0, entries: 0, events: 0, findings: [] }),
    end: () => Promise.resolve(),
  };
  const settings = readClusterSettings({ IMAGE_TAG: 'one', NEXT_IMAGE_TAG: 'two', ...env });
  const world: World = {
    settings,
    kubectl,
    releases: createReleases(settings, 'kind-test', run),
    load,
    startLoad: () => Promise.resolve(load),
    replicas: REPLICAS,
    say: () => undefined,
    wait,
  };
  return { world, installed, commands, rates };
}
