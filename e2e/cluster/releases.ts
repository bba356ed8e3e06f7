import type { Run } from './command';
import type { ClusterSettings } from './settings';

/** The services, each a release of helm/charts/service. */
export const services = ['auth', 'users', 'payments', 'gateway'] as const;
export type Service = (typeof services)[number];

/** Values by path, as `--set` takes them. */
export type Values = Record<string, string | number | boolean>;

const TIMEOUT = '10m';

function setting([path, value]: [string, string | number | boolean]): string[] {
  return [typeof value === 'string' ? '--set-string' : '--set', `${path}=${value}`];
}

/** The values files and settings of a service here, without those that a step changes. */
export function baseArgs(service: Service, { registry, tag }: ClusterSettings): string[] {
  return [
    ...['-f', 'helm/call-graph.yaml'],
    ...['-f', `helm/values/${service}.yaml`],
    ...['-f', 'helm/values/env/ci.yaml'],
    ...Object.entries({ 'image.registry': registry, 'image.tag': tag }).flatMap(setting),
  ];
}

/** Installs and changes the releases of one namespace. What was changed stays until it is changed again. */
export function createReleases(settings: ClusterSettings, context: string, run: Run) {
  const { helm, namespace } = settings;
  const scope = ['--kube-context', context, '--namespace', namespace];
  const changed = new Map<Service, Values>();

  const upgrade = (release: string, chart: string, args: string[]) =>
    run(helm, [
      ...['upgrade', '--install', release, chart, ...scope, '--wait', '--timeout', TIMEOUT],
      ...args,
      ...settings.helmArgs,
    ]);

  return {
    infra: () =>
      upgrade('infra-local', 'helm/charts/infra-local', [
        ...['-f', 'helm/call-graph.yaml'],
        ...settings.infraHelmArgs,
      ]),
    /** Changes values of a service and waits until that is done. An empty text takes a value back to the chart's. */
    async change(service: Service, values: Values): Promise<void> {
      const all = { ...changed.get(service), ...values };
      changed.set(service, all);
      const own = Object.entries(all)
        .filter(([, value]) => value !== '')
        .flatMap(setting);
      const args = [...baseArgs(service, settings), ...own, ...settings.serviceHelmArgs];
      await upgrade(service, 'helm/charts/service', args);
    },
    /** The number of the release's present revision. */
    async revision(service: Service): Promise<number> {
      const list = await run(helm, ['history', service, ...scope, '-o', 'json', '--max', '1']);
      const [last] = JSON.parse(list) as { revision: number }[];
      if (last === undefined) throw new Error(`helm knows no release ${service}.`);
      return last.revision;
    },
    rollback: (service: Service, revision: number) =>
      run(helm, ['rollback', service, String(revision), ...scope, '--wait', '--timeout', TIMEOUT]),
  };
}

export type Releases = ReturnType<typeof createReleases>;
