import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runHelm, type HelmResult } from '../../src/helm';

const GROUP = 'autoscaling/v2';
const NAMESPACE = 'quayside';

/** As much of an HPA as a chart looks at. */
export interface Hpa {
  name: string;
  target: { kind: string; name: string };
  /** The resources that it scales by. */
  resources?: string[];
}

const objectOf = ({ name, target, resources = ['cpu'] }: Hpa) => ({
  apiVersion: GROUP,
  kind: 'HorizontalPodAutoscaler',
  metadata: { name, namespace: NAMESPACE },
  spec: {
    scaleTargetRef: { apiVersion: 'apps/v1', ...target },
    metrics: resources.map((resource) => ({
      type: 'ContainerResource',
      containerResource: { name: resource, container: target.name },
    })),
  },
});

/** The kinds that the cluster knows: those of the overlays that look around. */
const KINDS: Record<string, string[]> = {
  [GROUP]: ['HorizontalPodAutoscaler'],
  'keda.sh/v1alpha1': ['ScaledObject'],
  'autoscaling.k8s.io/v1': ['VerticalPodAutoscaler'],
  'argoproj.io/v1alpha1': ['AnalysisTemplate', 'Rollout'],
};

const resourceOf = (kind: string) => ({
  name: `${kind.toLowerCase()}s`,
  kind,
  namespaced: true,
  verbs: ['get', 'list'],
});

/** What helm asks of a Kubernetes API before it looks for HPAs, and the HPAs. */
const answersWith = (hpas: readonly Hpa[]) =>
  new Map<string, object>([
    ['/version', { major: '1', minor: '36', gitVersion: 'v1.36.1' }],
    ['/api', { kind: 'APIVersions', versions: ['v1'] }],
    ['/api/v1', { kind: 'APIResourceList', groupVersion: 'v1', resources: [] }],
    [
      '/apis',
      {
        kind: 'APIGroupList',
        apiVersion: 'v1',
        groups: Object.keys(KINDS).map((groupVersion) => {
          const [name, version] = groupVersion.split('/');
          return { name, versions: [{ groupVersion, version }] };
        }),
      },
    ],
    ...Object.entries(KINDS).map(([groupVersion, kinds]): [string, object] => [
      `/apis/${groupVersion}`,
      { kind: 'APIResourceList', groupVersion, resources: kinds.map(resourceOf) },
    ]),
    [
      `/apis/${GROUP}/namespaces/${NAMESPACE}/horizontalpodautoscalers`,
      {
        apiVersion: GROUP,
        kind: 'HorizontalPodAutoscalerList',
        metadata: {},
        items: hpas.map(objectOf),
      },
    ],
  ]);

/** Renders a chart as helm does it at an installation: `lookup` finds the HPAs of a cluster that has these. */
export async function renderInCluster(
  hpas: readonly Hpa[],
  args: readonly string[],
): Promise<HelmResult> {
  const answers = answersWith(hpas);
  const server = createServer((request, response) => {
    const answer = answers.get(new URL(request.url ?? '/', 'http://api').pathname);
    response.writeHead(answer ? 200 : 404, { 'content-type': 'application/json' });
    response.end(
      JSON.stringify(answer ?? { kind: 'Status', apiVersion: 'v1', reason: 'NotFound', code: 404 }),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const folder = mkdtempSync(join(tmpdir(), 'cluster-api-'));
  const kubeconfig = join(folder, 'kubeconfig');
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'test', cluster: { server: `http://127.0.0.1:${port}` } }],
    contexts: [{ name: 'test', context: { cluster: 'test', user: '' } }],
    'current-context': 'test',
  };
  writeFileSync(kubeconfig, JSON.stringify(config));
  try {
    return await runHelm([
      ...['template', 'overlay', ...args],
      ...['--dry-run=server', '--kubeconfig', kubeconfig, '--namespace', NAMESPACE],
      '--disable-openapi-validation',
    ]);
  } finally {
    server.close();
    rmSync(folder, { recursive: true });
  }
}
