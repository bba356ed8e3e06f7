import { containerRule, workloadRule, type Rule } from './rule';

// Users and groups below may exist on the node, and own something there.
const FIRST_PRIVATE_ID = 10_000;

// The list of the Pod Security Standards, baseline.
const SAFE_SYSCTLS = [
  'kernel.shm_rmid_forced',
  'net.ipv4.ip_local_port_range',
  'net.ipv4.ip_unprivileged_port_start',
  'net.ipv4.tcp_syncookies',
  'net.ipv4.ping_group_range',
  'net.ipv4.ip_local_reserved_ports',
  'net.ipv4.tcp_keepalive_time',
  'net.ipv4.tcp_fin_timeout',
  'net.ipv4.tcp_keepalive_intvl',
  'net.ipv4.tcp_keepalive_probes',
];
const SELINUX_TYPES = [undefined, '', 'container_t', 'container_init_t', 'container_kvm_t'];

/** What a process may do on its node. */
export const privileges: Rule[] = [
  containerRule(
    {
      id: 'not-root',
      title: 'no container may run as root: `runAsNonRoot` of the pod or the container',
      alsoIn: 'KL run-as-non-root, PO, KU C-0013, PSS R, TR 0012',
    },
    ({ securityContext }, { pod }) =>
      (securityContext?.runAsNonRoot ?? pod.securityContext?.runAsNonRoot) === true
        ? undefined
        : 'runAsNonRoot is not true',
  ),
  containerRule(
    {
      id: 'own-user',
      title: 'user and group are set and are nobody of the node: 10000 or more',
      alsoIn: 'KS container-security-context-user-group-id, KL, TR 0020/0021/0105',
    },
    ({ securityContext }, { pod }) =>
      (['runAsUser', 'runAsGroup'] as const).flatMap((field) => {
        const id = securityContext?.[field] ?? pod.securityContext?.[field];
        return id !== undefined && id >= FIRST_PRIVATE_ID ? [] : [`${field} is ${id ?? 'not set'}`];
      }),
  ),
  workloadRule(
    {
      id: 'no-root-group',
      title: 'volumes and processes are not in the group of root',
      alsoIn: 'TR 0116, KU C-0013',
    },
    ({ pod: { securityContext } }) =>
      [securityContext?.fsGroup, ...(securityContext?.supplementalGroups ?? [])].includes(0)
        ? 'fsGroup or supplementalGroups has 0'
        : undefined,
  ),
  containerRule(
    {
      id: 'no-escalation',
      title: 'no process gains rights that its parent did not have, in every container',
      alsoIn: 'KL, PO, KU C-0016, PSS R, TR 0001',
    },
    ({ securityContext }) =>
      securityContext?.allowPrivilegeEscalation === false
        ? undefined
        : 'allowPrivilegeEscalation is not false',
  ),
  containerRule(
    {
      id: 'not-privileged',
      title: 'no container is privileged',
      alsoIn: 'KS, KL, PO, KU C-0057, PSS B, TR 0017',
    },
    ({ securityContext }) => (securityContext?.privileged ? 'privileged is true' : undefined),
  ),
  containerRule(
    {
      id: 'drops-capabilities',
      title: 'all Linux capabilities are dropped',
      alsoIn: 'KL drop-net-raw, PO insecureCapabilities, PSS R, TR 0003/0004/0106',
    },
    ({ securityContext }) =>
      securityContext?.capabilities?.drop?.includes('ALL')
        ? undefined
        : 'capabilities.drop has no ALL',
  ),
  containerRule(
    {
      id: 'adds-no-capabilities',
      title: 'no Linux capability is added',
      alsoIn: 'PO dangerousCapabilities, KU C-0046, PSS B/R, TR 0005/0022/0119/0120',
    },
    ({ securityContext }) =>
      (securityContext?.capabilities?.add ?? []).map((name) => `adds ${name}`),
  ),
  containerRule(
    {
      id: 'seccomp',
      title: 'system calls are filtered by the profile of the container runtime',
      alsoIn: 'KS, PO linuxHardening, KU C-0055/C-0210, PSS R, TR 0030/0104',
    },
    ({ securityContext }, { pod }) => {
      const type = (securityContext?.seccompProfile ?? pod.securityContext?.seccompProfile)?.type;
      return type === 'RuntimeDefault' ? undefined : `seccompProfile is ${type ?? 'not set'}`;
    },
  ),
  containerRule(
    {
      id: 'kernel-guards',
      title: 'AppArmor, SELinux, /proc and the kernel parameters are left as they are',
      alsoIn: 'PSS B, KL unsafe-sysctls / unsafe-proc-mount, PO procMount, TR 0002/0025/0026/0027',
    },
    ({ securityContext: own }, { pod: { securityContext: shared }, annotations }) => {
      const apparmor = [own?.appArmorProfile?.type, shared?.appArmorProfile?.type];
      const selinux = [own?.seLinuxOptions, shared?.seLinuxOptions];
      const unconfined = Object.entries(annotations).some(
        ([key, value]) => key.startsWith('container.apparmor') && value === 'unconfined',
      );
      return [
        ...(unconfined || apparmor.includes('Unconfined') ? ['AppArmor is Unconfined'] : []),
        ...(selinux.some(
          (options) => !SELINUX_TYPES.includes(options?.type) || options?.user || options?.role,
        )
          ? ['SELinux options are set']
          : []),
        ...(![undefined, 'Default'].includes(own?.procMount) ? ['procMount is set'] : []),
        ...(shared?.sysctls ?? [])
          .filter(({ name }) => !SAFE_SYSCTLS.includes(name))
          .map(({ name }) => `sets ${name}`),
      ];
    },
  ),
  containerRule(
    {
      id: 'security-context',
      title: 'pod and container both have a security context',
      alsoIn: 'KS, KU C-0211, TR 0118',
    },
    ({ securityContext }, { pod }) => [
      ...(securityContext ? [] : ['the container has none']),
      ...(pod.securityContext ? [] : ['the pod has none']),
    ],
  ),
  workloadRule(
    {
      id: 'own-namespaces',
      title: 'network, processes and memory of the node are out of sight',
      alsoIn: 'KL, PO, KU C-0038/C-0041, PSS B, TR 0008/0009/0010',
    },
    ({ pod }) =>
      (['hostNetwork', 'hostPID', 'hostIPC'] as const).flatMap((field) =>
        pod[field] ? [`${field} is true`] : [],
      ),
  ),
];
