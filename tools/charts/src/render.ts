import { isInRepository } from './repository';
import { runHelm } from './helm';
import { createLimit } from './limit';
import { parseManifests, type Manifest } from './manifest';

export type { Manifest } from './manifest';

/** The environments that have a file in `helm/values/env`. */
export type Environment = 'local' | 'ci' | 'staging' | 'production';

export interface Rendering {
  /** A folder of `helm/charts` (`service`), or a path from the repository's root (`helm/overlays/keda`). */
  chart: string;
  release: string;
  /** Values files, paths from the repository's root; later ones win. */
  values: readonly string[];
  /** After them `helm/values/env/<env>.yaml` and, where it exists, `helm/releases/<env>/<release>.yaml`. */
  env?: Environment;
  /** Values files over all of those: of overlays. */
  over?: readonly string[];
  /** Values over those of the files. */
  override?: Readonly<Record<string, unknown>>;
  /** Single values, as `--set` takes them; they win. */
  set?: Readonly<Record<string, string>>;
  /** Values whose text is a file's, as `--set-file` takes them: path of the value to path of the file. */
  files?: Readonly<Record<string, string>>;
  /** Default: `quayside`. */
  namespace?: string;
  /** Renders as an upgrade of an installed release. Default: as a first install. */
  upgrade?: boolean;
}

/** What the cluster is said to have besides Kubernetes itself: charts may ask by `.Capabilities`. */
const API_VERSIONS = [
  'monitoring.coreos.com/v1',
  'monitoring.coreos.com/v1/ServiceMonitor',
  'monitoring.coreos.com/v1/PrometheusRule',
  'gateway.networking.k8s.io/v1',
  'gateway.networking.k8s.io/v1/HTTPRoute',
  'gateway.networking.k8s.io/v1/GRPCRoute',
  'keda.sh/v1alpha1',
  'keda.sh/v1alpha1/ScaledObject',
  'autoscaling.k8s.io/v1',
  'autoscaling.k8s.io/v1/VerticalPodAutoscaler',
  'cert-manager.io/v1',
  'cert-manager.io/v1/Certificate',
  'external-secrets.io/v1',
  'external-secrets.io/v1/ExternalSecret',
  'bitnami.com/v1alpha1',
  'bitnami.com/v1alpha1/SealedSecret',
  'argoproj.io/v1alpha1',
  'argoproj.io/v1alpha1/Rollout',
  'networking.istio.io/v1',
  'security.istio.io/v1',
  'policy.linkerd.io/v1beta3',
  'postgresql.cnpg.io/v1',
  'kafka.strimzi.io/v1',
];

/** The cluster's version in every rendering, so that all machines print the same. */
const KUBERNETES = '1.36.1';

/** The folder of a chart, from the repository's root. */
export const chartFolder = (chart: string) =>
  chart.includes('/') ? chart : `helm/charts/${chart}`;

/** The values files of a rendering, in the order in which helm is given them. */
export function valuesFiles({ values, env, release, over = [] }: Rendering): string[] {
  if (env === undefined) return [...values, ...over];
  const written = `helm/releases/${env}/${release}.yaml`;
  return [
    ...values,
    `helm/values/env/${env}.yaml`,
    ...(isInRepository(written) ? [written] : []),
    ...over,
  ];
}

const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Each value of a tree as `path.of.keys=JSON`: one by one they are merged into what the files say. */
function leavesOf(tree: Readonly<Record<string, unknown>>, prefix = ''): string[] {
  return Object.entries(tree).flatMap(([key, value]) => {
    const path = prefix + key.replaceAll(/[.,=[\]\\]/g, '\\$&');
    const isTree = isMap(value) && Object.keys(value).length > 0;
    return isTree ? leavesOf(value, `${path}.`) : [`${path}=${JSON.stringify(value)}`];
  });
}

/** The values of a rendering as helm's arguments: for `template`, `lint` and `install`. */
export function valuesArguments(rendering: Rendering): string[] {
  return [
    ...valuesFiles(rendering).flatMap((file) => ['--values', file]),
    ...leavesOf(rendering.override ?? {}).flatMap((leaf) => ['--set-json', leaf]),
    ...Object.entries(rendering.files ?? {}).flatMap(([path, file]) => [
      '--set-file',
      `${path}=${file}`,
    ]),
    ...Object.entries(rendering.set ?? {}).flatMap(([path, value]) => [
      '--set',
      `${path}=${value}`,
    ]),
  ];
}

const limit = createLimit(2);
const rendered = new Map<string, Promise<readonly Manifest[]>>();
const charts = new Set<string>();

/** The folders of the charts that this process has rendered. */
export const renderedCharts = (): ReadonlySet<string> => charts;

async function renderNow(rendering: Rendering): Promise<readonly Manifest[]> {
  const { chart, release, namespace = 'quayside', upgrade = false } = rendering;
  const { exitCode, stdout, stderr } = await limit(() =>
    runHelm([
      'template',
      release,
      chartFolder(chart),
      ...['--namespace', namespace, '--kube-version', KUBERNETES],
      ...API_VERSIONS.flatMap((version) => ['--api-versions', version]),
      ...(upgrade ? ['--is-upgrade'] : []),
      ...valuesArguments(rendering),
    ]),
  );
  if (exitCode !== 0) throw new Error(stderr.trim());
  charts.add(chartFolder(chart));
  return parseManifests(stdout, `${chart}, release ${release}`);
}

/**
 * The objects that `helm template` makes of a chart, hooks included. Throws an Error with helm's own message when
 * helm refuses. The same rendering is done once per process; each caller gets a copy of its own.
 */
export async function render(rendering: Rendering): Promise<Manifest[]> {
  const key = JSON.stringify(rendering);
  const result = rendered.get(key) ?? renderNow(rendering);
  rendered.set(key, result);
  return structuredClone([...(await result)]);
}
