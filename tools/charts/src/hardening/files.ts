import { containersOf } from '../workload';
import { containerRule, workloadRule, type Rule } from './rule';

// What the Pod Security Standard "restricted" allows.
const CORE_VOLUMES = [
  'configMap',
  'csi',
  'downwardAPI',
  'emptyDir',
  'ephemeral',
  'persistentVolumeClaim',
  'projected',
  'secret',
];

const CPU_AND_MEMORY = ['cpu', 'memory'];

const missing = (given: object | undefined, wanted: readonly string[], where: string) =>
  wanted.filter((name) => !(name in (given ?? {}))).map((name) => `${where} has no ${name}`);

/** What a process may write to, and how much of the node it may take. */
export const files: Rule[] = [
  containerRule(
    {
      id: 'read-only-root',
      title: 'the image cannot be written to; folders that can are of a stated size',
      alsoIn: 'KS, KL, PO, KU C-0017, TR 0014',
    },
    ({ securityContext, volumeMounts = [] }, { pod }) => {
      const mounted = volumeMounts.filter(({ readOnly }) => !readOnly).map(({ name }) => name);
      const unbounded = (pod.volumes ?? []).filter(
        ({ name, emptyDir }) => mounted.includes(name) && emptyDir && !emptyDir.sizeLimit,
      );
      return [
        ...(securityContext?.readOnlyRootFilesystem === true
          ? []
          : ['readOnlyRootFilesystem is not true']),
        ...unbounded.map(({ name }) => `the emptyDir ${name} has no sizeLimit`),
      ];
    },
  ),
  workloadRule(
    {
      id: 'no-host-path',
      title: 'no folder or socket of the node is mounted',
      alsoIn: 'KL, PO hostPathSet, KU C-0045/C-0048/C-0074, PSS B, TR 0006/0023/0121',
    },
    ({ pod }) =>
      (pod.volumes ?? []).flatMap(({ hostPath }) => (hostPath ? [`mounts ${hostPath.path}`] : [])),
  ),
  workloadRule(
    {
      id: 'core-volumes',
      title: 'volumes are of the kinds that the restricted standard allows',
      alsoIn: 'PSS R, TR 0028',
    },
    ({ pod }) =>
      (pod.volumes ?? []).flatMap((volume) =>
        Object.keys(volume)
          .filter((kind) => kind !== 'name' && !CORE_VOLUMES.includes(kind))
          .map((kind) => `${volume.name} is a ${kind}`),
      ),
  ),
  containerRule(
    {
      id: 'no-host-port',
      title: 'no port of the node is taken, and none is below 1024',
      alsoIn: 'PO, KU C-0044, PSS B, TR 0024/0117, KL privileged-ports',
    },
    ({ ports = [] }) =>
      ports.flatMap(({ containerPort, hostPort }) => [
        ...(hostPort ? [`takes port ${hostPort} of the node`] : []),
        ...(containerPort < 1024 ? [`listens on ${containerPort}`] : []),
      ]),
  ),
  containerRule(
    {
      id: 'requests',
      title: 'CPU and memory are requested: the scheduler and the Cluster Autoscaler count them',
      alsoIn: 'KS, KL, PO, KU C-0268/C-0269, TR 0015/0016',
    },
    ({ resources }) => missing(resources?.requests, CPU_AND_MEMORY, 'requests'),
  ),
  containerRule(
    {
      id: 'limits',
      title: 'CPU and memory are limited',
      alsoIn: 'KS, KL, PO, KU C-0270/C-0271, TR 0018/0011',
    },
    ({ resources }) => missing(resources?.limits, CPU_AND_MEMORY, 'limits'),
  ),
  containerRule(
    { id: 'disk', title: 'the disk it may fill is requested and limited', alsoIn: 'KS' },
    ({ resources }) => [
      ...missing(resources?.requests, ['ephemeral-storage'], 'requests'),
      ...missing(resources?.limits, ['ephemeral-storage'], 'limits'),
    ],
  ),
  workloadRule(
    {
      id: 'env-once',
      title: 'no environment variable is set twice in a container',
      alsoIn: 'KS, KL',
    },
    ({ pod }) =>
      containersOf(pod).flatMap(({ name, env = [] }) => {
        const names = env.map((variable) => variable.name);
        const twice = names.filter((variable, index) => names.indexOf(variable) !== index);
        return twice.map((variable) => `${name} sets ${variable} twice`);
      }),
  ),
];
