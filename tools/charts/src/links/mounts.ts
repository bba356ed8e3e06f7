import type { IContainer } from 'kubernetes-models/v1/Container';
import type { IPodSpec } from 'kubernetes-models/v1/PodSpec';
import type { IVolume } from 'kubernetes-models/v1/Volume';
import type { Finding } from '../hardening/rule';
import { everything, type Installation } from '../installation';
import { nameOf, type Manifest } from '../manifest';
import { containersOf, namespaceOf, specOf, workloadsOf, type Workload } from '../workload';

interface ClaimTemplates {
  volumeClaimTemplates: { metadata: { name: string } }[];
}

/** The names of the claims that a StatefulSet makes: they can be mounted like volumes. */
const claimsOf = (manifest: Manifest) =>
  (specOf<ClaimTemplates>(manifest).volumeClaimTemplates ?? []).map(
    ({ metadata }) => metadata.name,
  );

/** The keys of a ConfigMap or Secret, rendered or made by an operator; undefined when there is none. */
export function keysOf(
  kind: 'ConfigMap' | 'Secret',
  name: string,
  namespace: string,
  installation: Installation,
): string[] | undefined {
  const found = everything(installation).find(
    (object) =>
      object.kind === kind && object.metadata.name === name && namespaceOf(object) === namespace,
  );
  if (!found) return undefined;
  const { data, stringData, binaryData } = found as Record<string, object | undefined>;
  return [data, stringData, binaryData].flatMap((part) => Object.keys(part ?? {}));
}

interface Reference {
  kind: 'ConfigMap' | 'Secret';
  name: string;
  keys: string[];
  optional?: boolean;
}

const volumeReferences = ({ configMap, secret, projected }: IVolume): Reference[] => [
  ...(configMap?.name ? [reference('ConfigMap', configMap.name, configMap)] : []),
  ...(secret?.secretName ? [reference('Secret', secret.secretName, secret)] : []),
  ...(projected?.sources ?? []).flatMap((source) => [
    ...(source.configMap?.name
      ? [reference('ConfigMap', source.configMap.name, source.configMap)]
      : []),
    ...(source.secret?.name ? [reference('Secret', source.secret.name, source.secret)] : []),
  ]),
];

const reference = (
  kind: Reference['kind'],
  name: string,
  { items = [], optional }: { items?: { key: string }[]; optional?: boolean },
): Reference => ({ kind, name, keys: items.map(({ key }) => key), optional });

const environmentReferences = ({ env = [], envFrom = [] }: IContainer): Reference[] => [
  ...envFrom.flatMap(({ configMapRef, secretRef }) => [
    ...(configMapRef?.name ? [reference('ConfigMap', configMapRef.name, configMapRef)] : []),
    ...(secretRef?.name ? [reference('Secret', secretRef.name, secretRef)] : []),
  ]),
  ...env.flatMap(({ valueFrom }) => {
    const map = valueFrom?.configMapKeyRef;
    const secret = valueFrom?.secretKeyRef;
    return [
      ...(map?.name ? [reference('ConfigMap', map.name, { items: [map] })] : []),
      ...(secret?.name ? [reference('Secret', secret.name, { items: [secret] })] : []),
    ];
  }),
];

/** Every ConfigMap and Secret that a pod needs, and the keys of it. */
export const referencesOf = (pod: IPodSpec): Reference[] => [
  ...(pod.volumes ?? []).flatMap(volumeReferences),
  ...containersOf(pod).flatMap(environmentReferences),
];

function referenceProblems({ pod, namespace }: Workload, installation: Installation): string[] {
  return referencesOf(pod)
    .filter(({ optional }) => !optional)
    .flatMap(({ kind, name, keys }) => {
      const known = keysOf(kind, name, namespace, installation);
      if (!known) return [`needs the ${kind} ${name}, which is not there`];
      return keys
        .filter((key) => !known.includes(key))
        .map((key) => `needs the key ${key} of the ${kind} ${name}, which does not have it`);
    });
}

function mountProblems({ pod, manifest, annotations }: Workload): string[] {
  const volumes = (pod.volumes ?? []).map(({ name }) => name);
  const injected = volumesOfAgent(annotations);
  const available = [...volumes, ...claimsOf(manifest)];
  const mounted = containersOf(pod).flatMap(({ volumeMounts = [] }) =>
    volumeMounts.map(({ name }) => name),
  );
  return [
    ...mounted
      .filter((name) => !available.includes(name))
      .map((name) => `mounts ${name}, no volume of it`),
    ...volumes
      .filter((name) => ![...mounted, ...injected].includes(name))
      .map((name) => `never mounts its volume ${name}`),
  ];
}

const VAULT = 'vault.hashicorp.com';

/** The files that the Vault agent puts into a pod: https://developer.hashicorp.com/vault/docs/platform/k8s/injector/annotations */
function filesOfAgent(annotations: Record<string, string>): string[] {
  if (annotations[`${VAULT}/agent-inject`] !== 'true') return [];
  const folder = annotations[`${VAULT}/secret-volume-path`] ?? '/vault/secrets';
  const secret = `${VAULT}/agent-inject-secret-`;
  return Object.keys(annotations)
    .filter((key) => key.startsWith(secret))
    .map((key) => `${folder}/${key.slice(secret.length)}`);
}

const volumesOfAgent = (annotations: Record<string, string>): (string | undefined)[] => [
  annotations[`${VAULT}/agent-service-account-token-volume-name`],
];

/** The files of a volume, when its manifest says which there are. */
function filesIn({ secret, configMap }: IVolume, workload: Workload, installation: Installation) {
  const items = secret?.items ?? configMap?.items;
  if (items) return items.map(({ path }) => path);
  const kind = secret ? 'Secret' : 'ConfigMap';
  const name = secret?.secretName ?? configMap?.name;
  return name ? keysOf(kind, name, workload.namespace, installation) : undefined;
}

/** `X_FILE=/folder/file`: the folder must be mounted and hold the file. */
function fileProblems(
  container: IContainer,
  workload: Workload,
  installation: Installation,
): string[] {
  const named = (container.env ?? []).filter(({ name }) => name.endsWith('_FILE'));
  return named.flatMap(({ name, value = '' }) => {
    if (filesOfAgent(workload.annotations).includes(value)) return [];
    const mount = (container.volumeMounts ?? []).find(({ mountPath }) =>
      value.startsWith(`${mountPath}/`),
    );
    if (!mount) return [`${name} names ${value}, and no volume is mounted there`];
    const volume = workload.pod.volumes?.find((each) => each.name === mount.name);
    const files = volume && filesIn(volume, workload, installation);
    const file = value.slice(mount.mountPath.length + 1);
    return !files || files.includes(file)
      ? []
      : [`${name} names ${value}, and the volume ${mount.name} has no ${file}`];
  });
}

/** Volumes, ConfigMaps, Secrets and files that a pod names and that are not there. */
export const missingMounts = (installation: Installation): Finding[] =>
  workloadsOf(installation.objects).flatMap((workload) =>
    [
      ...referenceProblems(workload, installation),
      ...mountProblems(workload),
      ...containersOf(workload.pod).flatMap((each) => fileProblems(each, workload, installation)),
    ].map((message) => ({ object: nameOf(workload.manifest), message })),
  );
