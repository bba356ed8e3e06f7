import type { Run } from './command';
import type { ClusterSettings } from './settings';

/** The services, which the steps are about. */
export const services = ['auth', 'users', 'payments', 'gateway'] as const;
export type Service = (typeof services)[number];

/** Each a release of helm/charts/service, in the order in which they are installed: the services after the stand-in that payments asks. */
export const apps = ['card-processor', ...services] as const;
export type App = (typeof apps)[number];

/** Values by path, as `--set` takes them. */
export type Values = Record<string, string | number | boolean>;

const TIMEOUT = '10m';

function setting([path, value]: [string, string | number | boolean]): string[] {
  return [typeof value === 'string' ? '--set-string' : '--set', `${path}=${value}`];
}

/** The values files and settings of an app here, without those that a step changes. */
export function baseArgs(app: App, { registry, tag }: ClusterSettings): string[] {
  return [
    ...['-f', 'helm/call-graph.yaml'],
    ...['-f', `helm/values/${app}.yaml`],
    ...['-f', 'helm/values/env/ci.yaml'],
    ...Object.entries({ 'image.registry': registry, 'image.tag': tag }).flatMap(setting),
  ];
}

/** Installs and changes the releases of one namespace. What was changed stays until it is changed again. */
export function createReleases(settings: ClusterSettings, context: string, run: Run) {
  const { helm, namespace } = settings;
  const scope = ['--kube-context', context, '--namespace', namespace];
  const changed = new Map<App, Values>();

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
    /** Changes values of an app and waits until that is done. An empty text takes a value back to the chart's. */
    async change(app: App, values: Values): Promise<void> {
      const all = { ...changed.get(app), ...values };
      changed.set(app, all);
      const own = Object.entries(all)
        .filter(([, value]) => value !== '')
        .flatMap(setting);
      const args = [...baseArgs(app, settings), ...own, ...settings.serviceHelmArgs];
      await upgrade(app, 'helm/charts/service', args);
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
