import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { checklist } from '../src/hardening/checklist';
import type { Finding, Rule } from '../src/hardening/rule';
import type { Installation } from '../src/installation';
import { links } from '../src/links/links';
import { goodInstallation, put } from './fixture';

const rules = [...checklist, ...links];

const TILL = 'Deployment/till';
const POD = 'spec/template/spec';
const CONTAINER = `${POD}/containers/0`;

// In place of an object: one more, of the kind and with the spec that follow.
const NEW = 'a new object';

/** One change that breaks a rule: in which object, where, to what (undefined: taken away), and what is then said. */
type Breach = [object: string, path: string, value: unknown, said: RegExp];

const breaches: Record<string, Breach[]> = {
  'not-root': [[TILL, `${POD}/securityContext/runAsNonRoot`, false, /runAsNonRoot is not true/]],
  'own-user': [
    [TILL, `${POD}/securityContext/runAsUser`, 999, /runAsUser is 999/],
    [TILL, `${CONTAINER}/securityContext/runAsGroup`, 0, /runAsGroup is 0/],
  ],
  'no-root-group': [
    [TILL, `${POD}/securityContext/fsGroup`, 0, /has 0/],
    [TILL, `${POD}/securityContext/supplementalGroups`, [1, 0], /has 0/],
  ],
  'no-escalation': [
    [TILL, `${CONTAINER}/securityContext/allowPrivilegeEscalation`, undefined, /is not false/],
  ],
  'not-privileged': [[TILL, `${CONTAINER}/securityContext/privileged`, true, /privileged is true/]],
  'drops-capabilities': [
    [TILL, `${CONTAINER}/securityContext/capabilities/drop`, ['NET_RAW'], /no ALL/],
  ],
  'adds-no-capabilities': [
    [TILL, `${CONTAINER}/securityContext/capabilities/add`, ['NET_ADMIN'], /adds NET_ADMIN/],
  ],
  seccomp: [[TILL, `${POD}/securityContext/seccompProfile`, undefined, /is not set/]],
  'kernel-guards': [
    [TILL, `${POD}/securityContext/appArmorProfile`, { type: 'Unconfined' }, /AppArmor/],
    [TILL, `${CONTAINER}/securityContext/procMount`, 'Unmasked', /procMount/],
    [TILL, `${POD}/securityContext/sysctls`, [{ name: 'kernel.msgmax', value: '1' }], /msgmax/],
    [TILL, `${CONTAINER}/securityContext/seLinuxOptions`, { type: 'spc_t' }, /SELinux/],
  ],
  'security-context': [[TILL, `${CONTAINER}/securityContext`, undefined, /the container has none/]],
  'own-namespaces': [[TILL, `${POD}/hostNetwork`, true, /hostNetwork is true/]],
  'read-only-root': [
    [TILL, `${CONTAINER}/securityContext/readOnlyRootFilesystem`, false, /is not true/],
    [TILL, `${POD}/volumes/0/emptyDir`, {}, /tmp has no sizeLimit/],
  ],
  'no-host-path': [
    [
      TILL,
      `${POD}/volumes/0`,
      { name: 'tmp', hostPath: { path: '/var/run/docker.sock' } },
      /docker/,
    ],
  ],
  'core-volumes': [[TILL, `${POD}/volumes/0`, { name: 'tmp', nfs: {} }, /tmp is a nfs/]],
  'no-host-port': [
    [TILL, `${CONTAINER}/ports/0/hostPort`, 9090, /takes port 9090/],
    [TILL, `${CONTAINER}/ports/0/containerPort`, 80, /listens on 80/],
  ],
  requests: [[TILL, `${CONTAINER}/resources/requests/cpu`, undefined, /requests has no cpu/]],
  limits: [[TILL, `${CONTAINER}/resources/limits/memory`, undefined, /limits has no memory/]],
  disk: [[TILL, `${CONTAINER}/resources/limits/ephemeral-storage`, undefined, /has no ephemeral/]],
  'env-once': [[TILL, `${CONTAINER}/env/1/name`, 'NODE_OPTIONS', /sets NODE_OPTIONS twice/]],
  'no-token-in-pod': [[TILL, `${POD}/automountServiceAccountToken`, undefined, /is not false/]],
  'no-token-in-account': [
    ['ServiceAccount/till', 'automountServiceAccountToken', true, /is not false/],
  ],
  'own-account': [
    [TILL, `${POD}/serviceAccountName`, 'default', /no service account of its own/],
    [TILL, `${POD}/serviceAccountName`, 'nobody', /nobody is not installed/],
    [TILL, `${POD}/serviceAccount`, 'till', /old field/],
  ],
  'narrow-roles': [
    ['Role/till', 'rules/0/verbs', ['*'], /wildcard/],
    ['Role/till', 'rules/0/resources', ['secrets'], /may use secrets/],
    ['Role/till', 'rules/0/verbs', ['escalate'], /may escalate/],
  ],
  namespace: [
    [TILL, 'metadata/namespace', undefined, /says no namespace/],
    ['Role/till', 'metadata/namespace', 'default', /is in default/],
  ],
  'no-literal-secret': [
    [TILL, `${CONTAINER}/env/0`, { name: 'DATABASE_PASSWORD', value: 'x' }, /in the clear/],
    [TILL, `${CONTAINER}/env/0`, { name: 'PLACE', value: 'postgres://a:b@c/d' }, /in the clear/],
  ],
  'no-secret-in-config': [['ConfigMap/till', 'data/API_TOKEN', 'abc', /API_TOKEN holds a secret/]],
  'no-secret-object': [],
  'secrets-as-files': [
    [TILL, `${CONTAINER}/env/0/valueFrom`, { secretKeyRef: {} }, /comes from a Secret/],
    [TILL, `${CONTAINER}/envFrom/0`, { secretRef: { name: 'till-secrets' } }, /takes a Secret/],
  ],
  'no-service-links': [[TILL, `${POD}/enableServiceLinks`, undefined, /is not false/]],
  'image-tag': [
    [TILL, `${CONTAINER}/image`, 'ghcr.io/shop/till', /has no tag/],
    [TILL, `${CONTAINER}/image`, 'ghcr.io/shop/till:latest', /newest/],
  ],
  'image-registry': [
    [TILL, `${CONTAINER}/image`, 'localhost:5000/till:1', /not in the list/],
    [TILL, `${CONTAINER}/image`, 'example.org/till:1', /not in the list/],
  ],
  'image-digest': [[TILL, `${CONTAINER}/image`, 'ghcr.io/shop/till:1', /has no digest/]],
  'image-pull': [[TILL, `${CONTAINER}/imagePullPolicy`, 'IfNotPresent', /is IfNotPresent/]],
  probes: [
    [TILL, `${CONTAINER}/readinessProbe`, undefined, /no readinessProbe/],
    [TILL, `${CONTAINER}/livenessProbe`, undefined, /no livenessProbe/],
  ],
  'probes-differ': [
    [TILL, `${CONTAINER}/livenessProbe/httpGet/path`, '/readyz', /asks the same twice/],
  ],
  'probe-ports': [[TILL, `${CONTAINER}/startupProbe/httpGet/port`, 8081, /asks port 8081/]],
  'two-replicas': [
    ['HorizontalPodAutoscaler/till', 'spec/minReplicas', 1, /has 1/],
    ['StatefulSet/ledger', 'spec/replicas', undefined, /has 1/],
  ],
  'rolling-update': [[TILL, 'spec/strategy/type', 'Recreate', /is not RollingUpdate/]],
  'disruption-budget': [
    ['PodDisruptionBudget/till', 'spec/selector', { matchLabels: { a: 'b' } }, /by 0 PodDisr/],
    ['PodDisruptionBudget/ledger', 'spec/selector', {}, /by 2 PodDisruptionBudgets/],
    ['PodDisruptionBudget/till', 'spec/maxUnavailable', 0, /no pod may ever go/],
    ['PodDisruptionBudget/till', 'spec/maxUnavailable', '0%', /no pod may ever go/],
  ],
  'evict-unready': [
    ['PodDisruptionBudget/till', 'spec/unhealthyPodEvictionPolicy', undefined, /is not set/],
  ],
  autoscaler: [
    ['HorizontalPodAutoscaler/till', 'spec/maxReplicas', 2, /at most 2, at least 2/],
    ['HorizontalPodAutoscaler/till', 'spec/minReplicas', 1, /at least 1/],
    ['HorizontalPodAutoscaler/till', 'spec/scaleTargetRef/name', 'tlil', /target is not there/],
  ],
  'one-scaler': [
    [TILL, 'spec/replicas', 2, /replicas and an autoscaler/],
    [NEW, 'ScaledObject', { scaleTargetRef: { name: 'till' } }, /two autoscalers/],
    [NEW, 'Rollout', { workloadRef: { name: 'till' } }, /beside the Rollout/],
  ],
  'headless-stateful': [
    ['StatefulSet/ledger', 'spec/serviceName', 'nothing', /is not there/],
    ['Service/ledger', 'spec/clusterIP', undefined, /is not headless/],
  ],
  'anti-affinity': [[TILL, `${POD}/affinity`, undefined, /no podAntiAffinity/]],
  spread: [
    [TILL, `${POD}/topologySpreadConstraints/0/topologyKey`, 'rack', /not spread by topology/],
    [TILL, `${POD}/topologySpreadConstraints/1/labelSelector`, undefined, /by kubernetes.io/],
  ],
  priority: [[TILL, `${POD}/priorityClassName`, undefined, /no priorityClassName/]],
  evictable: [
    [
      TILL,
      'spec/template/metadata/annotations',
      { 'cluster-autoscaler.kubernetes.io/safe-to-evict': 'false' },
      /marked as not safe to evict/,
    ],
    [TILL, 'spec/template/metadata/annotations', undefined, /local volume tmp keeps the node/],
    [
      TILL,
      'spec/template/metadata/annotations',
      { 'cluster-autoscaler.kubernetes.io/safe-to-evict-local-volumes': 'cache' },
      /local volume tmp keeps the node/,
    ],
  ],
  'dns-options': [[TILL, `${POD}/dnsConfig`, undefined, /no dnsConfig/]],
  quota: [['LimitRange/containers', 'metadata/namespace', 'elsewhere', /has no LimitRange/]],
  selectors: [
    ['Service/till', 'spec/selector', { a: 'b' }, /selects no pod/],
    ['NetworkPolicy/till', 'spec/podSelector', { matchLabels: { a: 'b' } }, /selects no pod/],
    ['ServiceMonitor/till', 'spec/selector/matchLabels', { a: 'b' }, /selects no Service/],
    ['ServiceMonitor/till', 'spec/selector/matchLabels', {}, /selects 3 Services/],
    [TILL, 'spec/selector/matchLabels', { a: 'b' }, /does not select its own pods/],
    [TILL, 'spec/selector/matchLabels', {}, /selects every pod/],
    [
      TILL,
      'spec/selector/matchLabels',
      { 'app.kubernetes.io/version': '1' },
      /version, which changes/,
    ],
  ],
  'not-exposed': [
    ['Service/till', 'spec/type', 'NodePort', /is a NodePort/],
    ['Service/till', 'spec/externalIPs', ['192.0.2.1'], /has externalIPs/],
  ],
  'network-policy': [
    ['NetworkPolicy/till', 'spec/policyTypes', ['Ingress'], /no NetworkPolicy governs Egress/],
  ],
  labels: [
    [TILL, 'metadata/labels/app.kubernetes.io~1instance', undefined, /has no .*instance/],
    [TILL, 'spec/template/metadata/labels', {}, /its pods have no/],
  ],
  'instance-is-name': [[TILL, 'metadata/name', 'till-blue', /instance label differs/]],
  'stable-api': [['CronJob/till-count', 'apiVersion', 'batch/v1beta1', /may go away/]],
  'job-ends': [['Job/till-migrate', 'spec/ttlSecondsAfterFinished', undefined, /has no ttl/]],
  'cron-job': [
    ['CronJob/till-count', 'spec/startingDeadlineSeconds', undefined, /startingDeadline/],
    [
      'CronJob/till-count',
      'spec/jobTemplate/spec/template/spec/restartPolicy',
      undefined,
      /restart/,
    ],
  ],
  ingress: [['HTTPRoute/till', 'kind', 'Ingress', /has no tls/]],
  'edge-tls': [
    ['Gateway/door', 'spec/listeners/0/protocol', 'HTTP', /https, which has no TLS/],
    ['Gateway/door', 'spec/listeners/0/tls/certificateRefs', [], /https, which has no TLS/],
    ['HTTPRoute/till', 'spec/parentRefs/0/sectionName', undefined, /http, which has no TLS/],
    ['HTTPRoute/to-https', 'spec/rules/0/filters/0/requestRedirect/scheme', 'http', /has no TLS/],
  ],
  gateways: [
    ['Gateway/door', 'metadata/name', 'gate', /the Gateway door, which is not there/],
    ['HTTPRoute/till', 'spec/parentRefs/0/sectionName', 'tls', /listener tls, which Gateway\/door/],
    ['HTTPRoute/till', 'spec/parentRefs/0', { kind: 'Service', name: 'a' }, /the Service a, which/],
    ['HTTPRoute/till', 'spec/hostnames/0', 'a.other.example', /https is not for a\.other/],
    ['HTTPRoute/till', 'spec/hostnames/0', 'a.shop.example', /does not name a\.shop\.example/],
    ['HTTPRoute/till', 'spec/parentRefs/0/namespace', 'elsewhere', /Gateway door, which is not/],
    [
      'Gateway/door',
      'spec/listeners/0/allowedRoutes/namespaces/from',
      'None',
      /https does not let it in/,
    ],
    ['GatewayClass/doors', 'metadata/name', 'windows', /GatewayClass doors, which is not there/],
    ['Gateway/door', 'spec/listeners/0/tls/certificateRefs/0/name', 'b', /Secret b, which nobody/],
  ],
  ports: [
    ['Service/till', 'spec/ports/0/targetPort', 'http', /port http, which Deployment/],
    ['Service/till-metrics', 'spec/ports/0/port', 80, /is headless, and .* 80/],
    ['NetworkPolicy/till', 'spec/ingress/0/ports/0/port', 9091, /opens port 9091/],
    ['ServiceMonitor/till', 'spec/endpoints/0/port', 'http', /scrapes port http/],
    ['HTTPRoute/till', 'spec/rules/0/backendRefs/0/name', 'tlil', /Service tlil/],
    ['HTTPRoute/till', 'spec/rules/0/backendRefs/0/port', 80, /port 80 of till/],
    ['ConfigMap/till', 'data/GRPC_PORT', '9091', /listens where GRPC_PORT says/],
  ],
  mounts: [
    ['ConfigMap/till', 'metadata/name', 'tlil', /needs the ConfigMap till/],
    ['Secret/till-secrets', 'data', {}, /needs the key database-url/],
    [TILL, `${POD}/volumes/0/name`, 'temp', /mounts tmp, no volume/],
    [TILL, `${POD}/volumes/0/name`, 'temp', /never mounts its volume temp/],
    [TILL, `${CONTAINER}/env/1/value`, '/elsewhere/database-url', /no volume is mounted there/],
    [TILL, `${CONTAINER}/env/1/value`, '/secrets/url', /secrets has no url/],
  ],
  // settings.test.ts
  settings: [],
  addresses: [
    ['ConfigMap/till', 'data/TILL_ADDRESS', 'dns:///till.shop.svc:9091', /names port 9091 of till/],
    ['ConfigMap/till', 'data/KAFKA_BROKERS', 'till:9090,kafka:9092', /names the Service kafka/],
  ],
  classes: [['PriorityClass/services', 'metadata/name', 'others', /PriorityClass services/]],
  sizes: [
    ['ConfigMap/till', 'data/SHUTDOWN_TIMEOUT_MS', '25000', /killed after 30 s/],
    [TILL, `${CONTAINER}/env/0/value`, '--max-old-space-size=128', /no room for buffers/],
  ],
  release: [
    [TILL, 'spec/strategy/rollingUpdate/maxUnavailable', 1, /lets pods go/],
    ['ConfigMap/till', 'data/CONSUMERS', 'off', /0 of its variants consume/],
    [TILL, 'spec/template/metadata/labels/quayside.dev~1track', 'blue', /no -active Service/],
    [
      'HTTPRoute/till',
      'spec/rules/0/backendRefs',
      [
        { name: 'till', weight: 90 },
        { name: 'till', weight: 20 },
      ],
      /weights are 110 together/,
    ],
  ],
};

// The fixture's Secret stands for one that is made outside.
const BROKEN_BY_THE_FIXTURE = 'no-secret-object';

const rule = (id: string): Rule => {
  const found = rules.find((each) => each.id === id);
  assert.ok(found, id);
  return found;
};

function broken([name, path, value]: Breach): Installation {
  const installation = goodInstallation();
  if (name === NEW) {
    const metadata = { name: 'new', namespace: 'shop' };
    const added = { apiVersion: 'example.org/v1', kind: path, metadata, spec: value };
    return { ...installation, objects: [...installation.objects, added] };
  }
  const object = installation.objects.find(
    ({ kind, metadata }) => `${kind}/${metadata.name}` === name,
  );
  assert.ok(object, name);
  put(object, path, value);
  return installation;
}

const said = (findings: readonly Finding[]) => findings.map(({ message }) => message).join('\n');

describe('each rule', () => {
  test('has something that breaks it', () => {
    const untested = rules.filter(({ id }) => !(id in breaches)).map(({ id }) => id);
    assert.deepEqual(untested, []);
    assert.equal(new Set(rules.map(({ id }) => id)).size, rules.length, 'ids are unique');
  });

  for (const [id, cases] of Object.entries(breaches)) {
    if (id !== BROKEN_BY_THE_FIXTURE)
      test(`${id} is content with what is good`, async () => {
        assert.equal(said(await rule(id).check(goodInstallation())), '');
      });
    for (const breach of cases)
      test(`${id} notices ${breach[1]} of ${breach[0]} as ${JSON.stringify(breach[2])}`, async () => {
        assert.match(said(await rule(id).check(broken(breach))), breach[3]);
      });
  }

  test('no-secret-object notices a Secret', async () => {
    assert.match(said(await rule('no-secret-object').check(goodInstallation())), /is rendered/);
  });
});
