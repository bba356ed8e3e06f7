import { dirname, join } from 'node:path';

/** Where the chart mounts secrets. */
export const secretsPath = '/etc/quayside/secrets';

/** Settings that reach a service as files, as in a cluster, and the names of these files. */
export const secretSettings = {
  DATABASE_URL: 'database-url',
  MIGRATION_DATABASE_URL: 'migration-database-url',
  SERVICE_TOKEN_SECRET: 'service-token-secret',
  SIGNING_KEYS_SECRET: 'signing-keys-secret',
} as const;

/** What the chart allows a container; helm/charts/service/values.yaml. */
export interface Limits {
  /** In MiB. */
  memory: number;
  /** In MiB: /tmp. */
  tmp: number;
}

/** Settings that name what a service writes, and the folder that it needs for that. */
const written: Record<string, (path: string) => string> = {
  MAIL_FOLDER: (folder) => folder,
  JOURNAL_FILE: dirname,
  LOG_FILE: dirname,
};

/** The host's folders that a container writes to. */
export function writtenFolders(env: Record<string, string>): string[] {
  const folders = Object.entries(env).flatMap(([name, path]) => written[name]?.(path) ?? []);
  return [...new Set(folders)];
}

/** One run of an image. */
export interface ContainerRun {
  image: string;
  name: string;
  /** Marks the containers of one test run. */
  label: string;
  /** What follows the entry point: `main.js`, `migrate`. */
  command: string[];
  env: Record<string, string>;
  /** Folder on the host with the files of `secretSettings`. */
  secretsFolder: string;
  limits: Limits;
}

/**
 * Arguments of `docker run` that allow a container what the chart allows a pod: user 65532, a root file system that
 * cannot be written to, no capability, no gain of privileges, a memory limit without swap. The network is the host's,
 * where the test's PostgreSQL and broker are; what the settings say it writes to is the host's at the same place.
 */
export function runArguments(run: ContainerRun): string[] {
  const { limits } = run;
  // The chart's service.nodeOptions: three quarters of the limit for V8's old space.
  const heap = Math.floor((limits.memory * 3) / 4);
  const secrets = Object.entries(secretSettings).map(([setting, file]) => [
    `${setting}_FILE`,
    `${secretsPath}/${file}`,
  ]);
  const given = secrets.filter(([setting = '']) => setting.replace(/_FILE$/, '') in run.env);
  const plain = Object.entries(run.env).filter(([name]) => !(name in secretSettings));
  const settings = [
    ['NODE_OPTIONS', `--enable-source-maps --max-old-space-size=${heap}`],
    ...plain,
    ...given,
  ];
  return [
    'run',
    ...['--name', run.name, '--label', run.label],
    ...['--network', 'host', '--pull', 'never'],
    ...['--user', '65532:65532', '--read-only', '--cap-drop', 'ALL'],
    ...['--security-opt', 'no-new-privileges'],
    ...['--memory', `${limits.memory}m`, '--memory-swap', `${limits.memory}m`],
    ...['--tmpfs', `/tmp:rw,size=${limits.tmp}m,mode=1777`],
    ...['--volume', `${run.secretsFolder}:${secretsPath}:ro`],
    ...writtenFolders(run.env).flatMap((folder) => ['--volume', `${folder}:${folder}`]),
    ...settings.flatMap(([name = '', value = '']) => ['--env', `${name}=${value}`]),
    run.image,
    ...run.command,
  ];
}

/**
 * What of the runner's environment is for the app: the settings that it reads, given as they are or as files, and all of
 * OpenTelemetry's own, which the SDK reads by itself.
 */
export function serviceSettings(
  env: NodeJS.ProcessEnv,
  names: readonly string[],
): Record<string, string> {
  const known = new Set(names.flatMap((name) => [name, `${name}_FILE`]));
  const found = Object.entries(env).filter(([name]) => known.has(name) || /^OTEL_/.test(name));
  return Object.fromEntries(found.map(([name, value]) => [name, value ?? '']));
}

/** Where a secret is kept on the host until its container is gone. */
export const secretFile = (folder: string, setting: keyof typeof secretSettings): string =>
  join(folder, secretSettings[setting]);
