import type { Manifest } from './manifest';
import { specOf, type Labels } from './workload';

// What operators make of the resources that are rendered: only as far as something else refers to it.

interface ExternalSecretSpec {
  target: { name?: string; template?: { data?: Record<string, string>; mergePolicy?: string } };
  data: { secretKey: string }[];
}

interface SealedSecretSpec {
  encryptedData: Record<string, string>;
  template: { metadata?: { name?: string } };
}

interface KafkaSpec {
  kafka: { listeners: { name: string; port: number; networkPolicyPeers?: object[] }[] };
  entityOperator: { userOperator?: { secretPrefix?: string } };
}

interface CertificateSpec {
  secretName: string;
  issuerRef: { kind?: string; name: string };
}

const secret = (source: Manifest, name: string, keys: readonly string[]): Manifest => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name, namespace: source.metadata.namespace },
  data: Object.fromEntries(keys.map((key) => [key, ''])),
});

const pod = (source: Manifest, labels: Labels, ports: Record<string, number>): Manifest => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: `${source.metadata.name}-1`, namespace: source.metadata.namespace, labels },
  spec: {
    containers: [
      {
        name: 'operated',
        ports: Object.entries(ports).map(([name, containerPort]) => ({ name, containerPort })),
      },
    ],
  },
});

const service = (source: Manifest, name: string, labels: Labels, port: number): Manifest => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name, namespace: source.metadata.namespace, labels },
  spec: { selector: labels, ports: [{ port }] },
});

/** https://external-secrets.io/latest/guides/templating: a template replaces the data unless it is to be merged. */
function externalSecret(source: Manifest): Manifest[] {
  const { target, data = [] } = specOf<ExternalSecretSpec>(source);
  const templated = Object.keys(target?.template?.data ?? {});
  const fetched = data.map(({ secretKey }) => secretKey);
  const merged = templated.length === 0 || target?.template?.mergePolicy === 'Merge';
  return [
    secret(source, target?.name ?? source.metadata.name, [
      ...templated,
      ...(merged ? fetched : []),
    ]),
  ];
}

function sealedSecret(source: Manifest): Manifest[] {
  const { encryptedData = {}, template } = specOf<SealedSecretSpec>(source);
  return [
    secret(source, template?.metadata?.name ?? source.metadata.name, Object.keys(encryptedData)),
  ];
}

/** https://cloudnative-pg.io/documentation/current/service_management: one Service for the primary, by its role. */
function postgres(source: Manifest): Manifest[] {
  const { name } = source.metadata;
  const labels = { 'cnpg.io/cluster': name };
  return [
    pod(
      source,
      { ...labels, 'cnpg.io/podRole': 'instance' },
      { postgresql: 5432, metrics: 9187, status: 8000 },
    ),
    ...['rw', 'ro', 'r'].map((role) => service(source, `${name}-${role}`, labels, 5432)),
  ];
}

/** https://strimzi.io/docs/operators/latest/deploying: labels of the pods, bootstrap Service, the policy of listeners. */
function kafka(source: Manifest): Manifest[] {
  const { name, namespace } = source.metadata;
  const { listeners = [] } = specOf<KafkaSpec>(source).kafka ?? {};
  const labels = { 'strimzi.io/cluster': name };
  const ports = Object.fromEntries(
    listeners.map((listener) => [`tcp-${listener.name}`, listener.port]),
  );
  return [
    pod(
      source,
      { ...labels, 'strimzi.io/kind': 'Kafka', 'strimzi.io/name': `${name}-kafka` },
      { ...ports, 'tcp-prometheus': 9404 },
    ),
    ...listeners.map(({ port }) => service(source, `${name}-kafka-bootstrap`, labels, port)),
    secret(source, `${name}-cluster-ca-cert`, ['ca.crt', 'ca.p12', 'ca.password']),
    {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: `${name}-network-policy-kafka`, namespace },
      spec: {
        podSelector: { matchLabels: labels },
        policyTypes: ['Ingress'],
        ingress: listeners.map(({ port, networkPolicyPeers = [] }) => ({
          from: networkPolicyPeers,
          ports: [{ port }],
        })),
      },
    },
  ];
}

function kafkaUser(source: Manifest, all: readonly Manifest[]): Manifest[] {
  const cluster = all.find(
    ({ kind, metadata }) =>
      kind === 'Kafka' && metadata.name === source.metadata.labels?.['strimzi.io/cluster'],
  );
  if (!cluster) return [];
  const prefix = specOf<KafkaSpec>(cluster).entityOperator?.userOperator?.secretPrefix ?? '';
  const keys = ['ca.crt', 'user.crt', 'user.key', 'user.p12', 'user.password'];
  return [secret(source, `${prefix}${source.metadata.name}`, keys)];
}

/** https://cert-manager.io/docs/configuration/acme/http01: a pod answers each challenge of an ACME issuer. */
function certificate(source: Manifest, all: readonly Manifest[]): Manifest[] {
  const { secretName = '', issuerRef } = specOf<CertificateSpec>(source);
  const issuerKind = issuerRef?.kind ?? 'Issuer';
  const issuer = all.find(
    ({ kind, metadata }) => kind === issuerKind && metadata.name === issuerRef?.name,
  );
  const solves = issuer && JSON.stringify(issuer.spec).includes('"http01"');
  return [
    secret(source, secretName, ['tls.crt', 'tls.key', 'ca.crt']),
    ...(solves
      ? [pod(source, { 'acme.cert-manager.io/http01-solver': 'true' }, { http: 8089 })]
      : []),
  ];
}

const OPERATORS: Record<string, (source: Manifest, all: readonly Manifest[]) => Manifest[]> = {
  ExternalSecret: externalSecret,
  SealedSecret: sealedSecret,
  Cluster: postgres,
  Kafka: kafka,
  KafkaUser: kafkaUser,
  Certificate: certificate,
};

/** What is there when the operators have done their work: pods, Services, Secrets and policies that they make. */
export const madeByOperators = (objects: readonly Manifest[]): Manifest[] =>
  objects.flatMap((object) => OPERATORS[object.kind]?.(object, objects) ?? []);
