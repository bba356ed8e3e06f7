import { LIVE } from '../installation';
import { containerRule, objectRule, workloadRule, type Rule } from './rule';
import { namespaceOf } from '../workload';

interface Role {
  apiGroups?: string[];
  resources?: string[];
  verbs?: string[];
}

const CLUSTER_WIDE = [
  'Namespace',
  'ClusterRole',
  'ClusterRoleBinding',
  'ClusterIssuer',
  'ClusterSecretStore',
  'CustomResourceDefinition',
  'GatewayClass',
  'PersistentVolume',
  'PriorityClass',
  'StorageClass',
];

// Names that a secret's value would have; not those of the file that holds it, or of what is around it.
const SECRET_NAME = /password|passwd|token|secret|bearer|api[-_]?key|private[-_]?key|credential/i;
const NOT_THE_SECRET = /(_FILE|_SECONDS|_MS|_ISSUER|_AUDIENCE|_PATH|_HEADER)$/i;
// Nothing, a path, or a number of a few digits.
const NO_SECRET = /^(|\/.*|\d{1,5})$/;
const PASSWORD_IN_URL = /\w+:\/\/[^/\s:@]+:[^/\s:@$]+@/;

function looksSecret(name: string, value: string): boolean {
  if (PASSWORD_IN_URL.test(value)) return true;
  return SECRET_NAME.test(name) && !NOT_THE_SECRET.test(name) && !NO_SECRET.test(value);
}

const FORBIDDEN_VERBS = ['escalate', 'bind', 'impersonate'];
const FORBIDDEN_RESOURCES = ['secrets', 'pods/exec', 'pods/attach', 'nodes/proxy'];

const forbidden = ({ apiGroups = [], resources = [], verbs = [] }: Role): string[] => [
  ...([...apiGroups, ...resources, ...verbs].includes('*') ? ['has a wildcard'] : []),
  ...verbs.filter((verb) => FORBIDDEN_VERBS.includes(verb)).map((verb) => `may ${verb}`),
  ...resources.filter((it) => FORBIDDEN_RESOURCES.includes(it)).map((it) => `may use ${it}`),
];

/** Who a pod is to the cluster, and which secrets it is given. */
export const identity: Rule[] = [
  workloadRule(
    {
      id: 'no-token-in-pod',
      title: 'no token of the Kubernetes API is mounted, by the pod or by its account',
      alsoIn: 'PO, KU C-0034/C-0190, TR 0036',
    },
    ({ pod }) =>
      pod.automountServiceAccountToken === false
        ? undefined
        : 'automountServiceAccountToken of the pod is not false',
  ),
  objectRule(
    {
      id: 'no-token-in-account',
      title: 'no service account hands out its token by itself',
      alsoIn: 'PO, KU C-0034/C-0190, TR 0036',
    },
    ['ServiceAccount'],
    ({ automountServiceAccountToken }) =>
      automountServiceAccountToken === false
        ? undefined
        : 'automountServiceAccountToken is not false',
  ),
  workloadRule(
    {
      id: 'own-account',
      title: 'each workload has a service account of its own, which is installed with it',
      alsoIn: 'KL non-existent-service-account, KU C-0307/C-0294, CIS 5.1.5',
    },
    ({ pod, namespace }, { objects }) => {
      const name = pod.serviceAccountName;
      if (!name || name === 'default') return 'has no service account of its own';
      const exists = objects.some(
        (object) =>
          object.kind === 'ServiceAccount' &&
          object.metadata.name === name &&
          namespaceOf(object) === namespace,
      );
      return [
        ...(exists ? [] : [`its service account ${name} is not installed`]),
        ...(pod.serviceAccount ? ['uses the old field serviceAccount'] : []),
      ];
    },
  ),
  objectRule(
    {
      id: 'narrow-roles',
      title:
        'roles name what they allow: no wildcard, no secrets, no shell in pods, no more rights',
      alsoIn: 'KL, PO, KU C-0035/C-0186/C-0187, TR 0041-0056',
    },
    ['Role', 'ClusterRole', 'RoleBinding', 'ClusterRoleBinding'],
    (manifest) => {
      const { rules = [], roleRef } = manifest as { rules?: Role[]; roleRef?: { name: string } };
      const broad = ['cluster-admin', 'admin', 'edit'].includes(roleRef?.name ?? '');
      return [...rules.flatMap(forbidden), ...(broad && roleRef ? [`binds ${roleRef.name}`] : [])];
    },
  ),
  objectRule(
    {
      id: 'namespace',
      title: 'every object says its namespace, and it is one of our own',
      alsoIn: 'KL use-namespace, KU C-0061/C-0212, TR 0110/0037',
    },
    [],
    ({ kind, metadata: { namespace } }) => {
      if (CLUSTER_WIDE.includes(kind)) return undefined;
      if (!namespace) return 'says no namespace';
      return ['default', 'kube-system'].includes(namespace) ? `is in ${namespace}` : undefined;
    },
  ),
  containerRule(
    {
      id: 'no-literal-secret',
      title: 'no secret stands in an environment variable of a manifest',
      alsoIn: 'KL env-var-secret, PO sensitive*, KU C-0012, TR 0109/01010',
    },
    ({ env = [] }) =>
      env
        .filter(({ name, value }) => value !== undefined && looksSecret(name, value))
        .map(({ name }) => `${name} stands there in the clear`),
  ),
  objectRule(
    {
      id: 'no-secret-in-config',
      title: 'no secret stands in a ConfigMap',
      alsoIn: 'PO sensitiveConfigmapContent, KU C-0012, TR 01010',
    },
    ['ConfigMap'],
    (manifest) =>
      Object.entries((manifest.data ?? {}) as Record<string, string>)
        .filter(([name, value]) => looksSecret(name, value))
        .map(([name]) => `${name} holds a secret`),
  ),
  objectRule(
    {
      id: 'no-secret-object',
      title: 'where it matters, Secrets come from outside: no chart holds one',
      alsoIn: 'KU C-0012',
      environments: LIVE,
    },
    ['Secret'],
    () => 'a Secret is rendered',
  ),
  containerRule(
    {
      id: 'secrets-as-files',
      title: 'secrets are mounted as files, not put into the environment',
      alsoIn: 'KL read-secret-from-env-var, KU C-0207, CIS 5.4.1',
    },
    ({ env = [], envFrom = [] }) => [
      ...env
        .filter(({ valueFrom }) => valueFrom?.secretKeyRef)
        .map(({ name }) => `${name} comes from a Secret`),
      ...envFrom.filter(({ secretRef }) => secretRef).map(() => 'envFrom takes a Secret'),
    ],
  ),
  workloadRule(
    {
      id: 'no-service-links',
      title: 'addresses of Services are not put into the environment (KAFKA_PORT breaks Kafka)',
      alsoIn: 'docker-library and Confluent images, cp-docker-images#779',
    },
    ({ pod }) => (pod.enableServiceLinks === false ? undefined : 'enableServiceLinks is not false'),
  ),
];
