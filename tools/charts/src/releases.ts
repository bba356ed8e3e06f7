import type { IDeploymentSpec } from 'kubernetes-models/apps/v1/DeploymentSpec';
import type { IServiceSpec } from 'kubernetes-models/v1/ServiceSpec';
import type { Finding } from './hardening/rule';
import type { Installation } from './installation';
import { environmentOf } from './links/environment';
import { nameOf, type Manifest } from './manifest';
import { selects } from './selector';
import { containersOf, specOf, workloadsOf, type Workload } from './workload';

const TRACK = 'quayside.dev/track';
const COLORS = ['blue', 'green'];

const nodeOf = ({ labels }: Workload) => labels['app.kubernetes.io/name'] ?? '';
const trackOf = ({ labels }: Workload) => labels[TRACK] ?? 'no track';

/** The variants of each service: its Deployments, by the service's name. */
function variantsOf({ objects }: Installation): Map<string, Workload[]> {
  const variants = workloadsOf(objects).filter(
    ({ manifest, labels }) => manifest.kind === 'Deployment' && TRACK in labels,
  );
  const byService = new Map<string, Workload[]>();
  for (const variant of variants) {
    const name = nodeOf(variant);
    byService.set(name, [...(byService.get(name) ?? []), variant]);
  }
  return byService;
}

function tracksBehind(name: string, variants: readonly Workload[], { objects }: Installation) {
  const service = objects.find(
    ({ kind, metadata }) => kind === 'Service' && metadata.name === name,
  );
  if (!service) return undefined;
  const { selector } = specOf<IServiceSpec>(service);
  const chosen = variants.filter(({ labels }) => selects({ matchLabels: selector }, labels));
  return [...new Set(chosen.map(trackOf))];
}

function colorProblems(
  name: string,
  variants: readonly Workload[],
  installation: Installation,
): string[] {
  const overlap = installation.form?.expect?.overlap ?? false;
  if (!variants.some((variant) => COLORS.includes(trackOf(variant)))) return [];
  const [main, active, headless, preview] = ['', '-active', '-headless', '-preview'].map((suffix) =>
    tracksBehind(`${name}${suffix}`, variants, installation),
  );
  const problems: string[] = [];
  for (const [label, tracks] of Object.entries({ main, active, headless })) {
    if (tracks && !overlap && tracks.length !== 1)
      problems.push(`its ${label} Service leads to ${tracks.length} tracks: ${tracks.join(', ')}`);
    if (tracks && main && tracks.join() !== main.join())
      problems.push(`its ${label} Service leads elsewhere than the main one`);
  }
  if (!active) problems.push('has colours and no -active Service');
  if (!overlap && preview?.some((track) => main?.includes(track)))
    problems.push('its preview is the active colour');
  return problems;
}

/** How many variants of a service may consume its events at the same time. */
function mayConsume(name: string, { form }: Installation): number {
  const { consuming = 1 } = form?.expect ?? {};
  return typeof consuming === 'number' ? consuming : (consuming[name] ?? 1);
}

function consumerProblems(
  name: string,
  variants: readonly Workload[],
  installation: Installation,
): string[] {
  const settingsOf = ({ pod, namespace }: Workload) =>
    containersOf(pod).map((container) => environmentOf(container, namespace, installation));
  const hearsOfKafka = (variant: Workload) =>
    settingsOf(variant).some((settings) => settings.has('KAFKA_BROKERS'));
  if (!variants.some(hearsOfKafka)) return [];
  const running = variants.filter((variant) =>
    settingsOf(variant).some((settings) => settings.get('CONSUMERS') === 'on'),
  );
  return running.length === mayConsume(name, installation)
    ? []
    : [`${running.length} of its variants consume events: ${running.map(trackOf).join(', ')}`];
}

function updateProblems({ manifest }: Workload): string[] {
  const { strategy } = specOf<IDeploymentSpec>(manifest);
  // On purpose or not: that is for the rule `rolling-update`.
  if (strategy?.type === 'Recreate') return [];
  const { maxUnavailable, maxSurge } = strategy?.rollingUpdate ?? {};
  return [
    ...(maxUnavailable === 0 ? [] : ['lets pods go before their successors are ready']),
    ...(maxSurge === 0 ? ['has no room for a successor'] : []),
  ];
}

interface Weighted {
  rules?: { backendRefs?: { name: string; weight?: number }[] }[];
  http?: { route?: { weight?: number }[] }[];
}

/** Weights of one rule of a route, when it has several ends: they must be 100 together to be read as percent. */
export function weightProblems(manifest: Manifest): string[] {
  const { rules = [], http = [] } = specOf<Weighted>(manifest);
  const split = [
    ...rules.map(({ backendRefs = [] }) => backendRefs),
    ...http.map(({ route = [] }) => route),
  ];
  return split.flatMap((ends) => {
    if (ends.length < 2) return [];
    const sum = ends.reduce((total, { weight }) => total + (weight ?? Number.NaN), 0);
    return sum === 100 ? [] : [`weights are ${sum} together`];
  });
}

/** Services whose release does not hold together: two active colours, two consumers, weights that are no percent. */
export function brokenReleases(installation: Installation): Finding[] {
  const services = [...variantsOf(installation)].flatMap(([name, variants]) =>
    [
      ...colorProblems(name, variants, installation),
      ...consumerProblems(name, variants, installation),
      ...variants.flatMap(updateProblems),
    ].map((message) => ({ object: `Service/${name}`, message })),
  );
  const routes = installation.objects
    .filter(({ kind }) => ['HTTPRoute', 'GRPCRoute', 'VirtualService'].includes(kind))
    .flatMap((route) =>
      weightProblems(route).map((message) => ({ object: nameOf(route), message })),
    );
  return [...services, ...routes];
}
