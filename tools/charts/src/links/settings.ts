import { migrationSettings } from '@quayside/chassis';
import type { IContainer } from 'kubernetes-models/v1/Container';
import { serviceSettingsOf, telemetrySettings, type Shape } from '../app-settings';
import type { Finding } from '../hardening/rule';
import type { Installation } from '../installation';
import { nameOf } from '../manifest';
import { containersOf, workloadsOf, type Workload } from '../workload';
import { environmentOf } from './environment';

// Read by Node itself, before anything else.
const OF_NODE = ['NODE_OPTIONS', 'NODE_ENV'];

const readElsewhere = [...OF_NODE, ...telemetrySettings];

function valueProblem(name: string, value: string, shape: Shape): string[] {
  const result = shape[name]?.safeParse(value);
  if (!result || result.success) return [];
  return [`${name} is ${value}: ${result.error.issues.map(({ message }) => message).join(', ')}`];
}

function problemsOf(environment: Map<string, string | undefined>, shape: Shape): string[] {
  const names = [...environment.keys()];
  const settingOf = (name: string) =>
    name in shape || !name.endsWith('_FILE') ? name : name.slice(0, -'_FILE'.length);
  const given = names.map(settingOf);
  return [
    ...names
      .filter((name) => !(settingOf(name) in shape) && !readElsewhere.includes(name))
      .map((name) => `${name} is no setting of it`),
    ...names
      .filter((name) => name.endsWith('_FILE') && !(name in shape))
      .filter((name) => environment.has(settingOf(name)))
      .map((name) => `${name} and ${settingOf(name)} are both set`),
    ...[...environment].flatMap(([name, value]) =>
      value === undefined ? [] : valueProblem(name, value, shape),
    ),
    ...Object.entries(shape)
      .filter(([name, type]) => !given.includes(name) && !type.safeParse(undefined).success)
      .map(([name]) => `${name} is required and not set`),
  ];
}

/** The settings that the container's subcommand reads; undefined when it is none of our programs. */
async function shapeFor({ image = '', args = [] }: IContainer, { manifest }: Workload) {
  const app = manifest.metadata.labels?.['app.kubernetes.io/instance'] ?? '';
  const [program, command] = args;
  if (program !== 'main.js' || !image.includes('quayside/')) return undefined;
  if (command === 'migrate') return migrationSettings as Shape;
  if (command !== undefined) return undefined;
  return serviceSettingsOf(app);
}

/** Settings that a release gives and its service does not know, refuses, or lacks. */
export async function wrongSettings(installation: Installation): Promise<Finding[]> {
  const findings = workloadsOf(installation.objects).flatMap((workload) =>
    containersOf(workload.pod).map(async (container) => {
      const shape = await shapeFor(container, workload);
      if (!shape) return [];
      const environment = environmentOf(container, workload.namespace, installation);
      return problemsOf(environment, shape).map((message) => ({
        object: nameOf(workload.manifest),
        container: container.name,
        message,
      }));
    }),
  );
  return (await Promise.all(findings)).flat();
}
