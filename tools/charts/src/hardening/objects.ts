import type { INetworkPolicySpec } from 'kubernetes-models/networking.k8s.io/v1/NetworkPolicySpec';
import type { IServiceSpec } from 'kubernetes-models/v1/ServiceSpec';
import { LIVE, type Installation } from '../installation';
import { danglingSelectors } from '../links/selectors';
import { selects } from '../selector';
import { namespaceOf, specOf, workloadsOf, type Labels, type Workload } from '../workload';
import { objectRule, workloadRule, type Rule } from './rule';

const LABELS = ['name', 'instance', 'part-of'].map((name) => `app.kubernetes.io/${name}`);
const MANAGED_BY = 'app.kubernetes.io/managed-by';

const absent = (labels: Labels = {}, wanted: readonly string[]) =>
  wanted.filter((label) => !labels[label]);

/** Namespaces with pods that the installation does not guard by both a LimitRange and a ResourceQuota. */
function unboundedNamespaces({ objects }: Installation) {
  const namespaces = new Set(workloadsOf(objects).map(({ namespace }) => namespace));
  return [...namespaces].flatMap((namespace) =>
    ['LimitRange', 'ResourceQuota']
      .filter(
        (kind) =>
          !objects.some((object) => object.kind === kind && namespaceOf(object) === namespace),
      )
      .map((kind) => ({ object: `Namespace/${namespace}`, message: `has no ${kind}` })),
  );
}

/** The kinds of NetworkPolicy (`Ingress`, `Egress`) that govern the pods. */
function policyTypes({ namespace, labels }: Workload, { objects }: Installation): string[] {
  return objects
    .filter((object) => object.kind === 'NetworkPolicy' && namespaceOf(object) === namespace)
    .map((object) => specOf<INetworkPolicySpec>(object))
    .filter(({ podSelector }) => selects(podSelector ?? {}, labels))
    .flatMap(({ policyTypes: types }) => types ?? []);
}

/** What the objects around the pods look like. */
export const objects: Rule[] = [
  {
    id: 'quota',
    title: 'where it matters, the namespace has limits for a container and for all of them',
    alsoIn: 'TR 0039/0040',
    environments: LIVE,
    check: unboundedNamespaces,
  },
  {
    id: 'selectors',
    title: 'selectors choose something, and a workload chooses its own pods',
    alsoIn: 'KS, KL dangling-*, KU C-0293/C-0296/C-0298/C-0299/C-0302',
    check: danglingSelectors,
  },
  objectRule(
    {
      id: 'not-exposed',
      title: 'no Service opens a port of the nodes or takes foreign addresses',
      alsoIn: 'KS, KL exposed-services, TR 0108',
    },
    ['Service'],
    (manifest) => {
      const { type = 'ClusterIP', externalIPs = [] } = specOf<IServiceSpec>(manifest);
      return [
        ...(type === 'ClusterIP' ? [] : [`is a ${type}`]),
        ...(externalIPs.length > 0 ? ['has externalIPs'] : []),
      ];
    },
  ),
  workloadRule(
    {
      id: 'network-policy',
      title: 'a NetworkPolicy governs what comes in and what goes out, for every pod',
      alsoIn: 'KS, KL non-isolated-pod, PO, KU C-0030/C-0260, CIS 5.3.2, TR 0038',
    },
    (workload, installation) => {
      const types = policyTypes(workload, installation);
      return ['Ingress', 'Egress']
        .filter((type) => !types.includes(type))
        .map((type) => `no NetworkPolicy governs ${type}`);
    },
  ),
  objectRule(
    {
      id: 'labels',
      title: 'workloads, their pods and Services have the labels that Kubernetes recommends',
      alsoIn: 'KU C-0076/C-0077',
    },
    ['Deployment', 'StatefulSet', 'DaemonSet', 'Job', 'CronJob', 'Rollout', 'Service'],
    (manifest) => [
      ...absent(manifest.metadata.labels, [...LABELS, MANAGED_BY]).map(
        (label) => `has no ${label}`,
      ),
      // Pods are managed by their workload.
      ...workloadsOf([manifest]).flatMap(({ labels }) =>
        absent(labels, LABELS).map((label) => `its pods have no ${label}`),
      ),
    ],
  ),
  objectRule(
    {
      id: 'instance-is-name',
      title: 'a workload bears the name of its release',
      alsoIn: 'PO metadataAndInstanceMismatched',
    },
    ['Deployment', 'StatefulSet', 'DaemonSet'],
    ({ metadata: { name, labels } }) =>
      labels?.['app.kubernetes.io/instance'] === name ? undefined : 'the instance label differs',
  ),
  objectRule(
    {
      id: 'stable-api',
      title: 'the versions of Kubernetes’ own kinds are stable ones',
      alsoIn: 'KS',
    },
    [],
    ({ apiVersion }) => {
      const [group = '', version = group] = apiVersion.split('/');
      const own = !group.includes('.') || group.endsWith('.k8s.io');
      return own && /alpha|beta/.test(version) ? `${apiVersion} may go away` : undefined;
    },
  ),
  objectRule(
    { id: 'job-ends', title: 'a finished Job is removed after a while', alsoIn: 'KS, TR 0107' },
    ['Job'],
    (manifest) =>
      specOf<{ ttlSecondsAfterFinished: number }>(manifest).ttlSecondsAfterFinished === undefined
        ? 'has no ttlSecondsAfterFinished'
        : undefined,
  ),
  objectRule(
    {
      id: 'cron-job',
      title: 'a CronJob gives up when it is late, and says how its pods restart',
      alsoIn: 'KS, KU C-0295',
    },
    ['CronJob'],
    (manifest) => {
      const [workload] = workloadsOf([manifest]);
      const { startingDeadlineSeconds } = specOf<{ startingDeadlineSeconds: number }>(manifest);
      return [
        ...(startingDeadlineSeconds === undefined ? ['has no startingDeadlineSeconds'] : []),
        ...(workload?.pod.restartPolicy ? [] : ['has no restartPolicy']),
      ];
    },
  ),
  objectRule(
    {
      id: 'ingress',
      title: 'an Ingress is encrypted and does not need ingress-nginx, which is no longer kept',
      alsoIn: 'PO tlsSettingsMissing, KU C-0292, TR KCV-0093',
    },
    ['Ingress', 'IngressClass'],
    (manifest) => {
      const text = JSON.stringify(manifest);
      const { tls = [] } = specOf<{ tls: unknown[] }>(manifest);
      return [
        ...(manifest.kind === 'Ingress' && tls.length === 0 ? ['has no tls'] : []),
        ...(text.includes('nginx') ? ['needs ingress-nginx'] : []),
      ];
    },
  ),
];
