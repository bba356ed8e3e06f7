import { parse } from 'yaml';

type Component = 'receivers' | 'processors' | 'exporters' | 'connectors' | 'extensions';
type Components = Record<string, unknown> | null;

interface Pipeline {
  receivers?: string[];
  processors?: string[];
  exporters?: string[];
}

type CollectorConfig = Partial<Record<Component, Components>> & {
  service?: { extensions?: string[]; pipelines?: Record<string, Pipeline> };
};

const ROLES = ['receivers', 'processors', 'exporters'] as const;
const SIGNALS = ['traces', 'metrics', 'logs', 'profiles'];

const namesOf = (components: Components | undefined) => Object.keys(components ?? {});

function pipelineProblems(name: string, pipeline: Pipeline, config: CollectorConfig): string[] {
  const [signal = ''] = name.split('/');
  const connectors = namesOf(config.connectors);
  return [
    ...(SIGNALS.includes(signal) ? [] : [`the pipeline ${name} is for no known signal`]),
    ...(pipeline.receivers?.length ? [] : [`the pipeline ${name} has no receiver`]),
    ...(pipeline.exporters?.length ? [] : [`the pipeline ${name} has no exporter`]),
    ...ROLES.flatMap((role) =>
      (pipeline[role] ?? [])
        .filter((used) => ![...namesOf(config[role]), ...connectors].includes(used))
        .map((used) => `the pipeline ${name} names ${used}, which is not under ${role}`),
    ),
    // https://github.com/open-telemetry/opentelemetry-collector/tree/main/processor#recommended-processors
    ...(pipeline.processors?.slice(1).includes('memory_limiter')
      ? [`the pipeline ${name} does other work before memory_limiter refuses it`]
      : []),
  ];
}

/** What is wrong with a configuration of the OpenTelemetry Collector, or of Jaeger 2, which is one. */
export function collectorProblems(text: string): string[] {
  const config = parse(text) as CollectorConfig;
  const { pipelines = {}, extensions = [] } = config.service ?? {};
  const used = new Set(
    Object.values(pipelines).flatMap((pipeline) => ROLES.flatMap((role) => pipeline[role] ?? [])),
  );
  extensions.forEach((name) => used.add(name));
  const declared = (['extensions', 'connectors', ...ROLES] as const).flatMap((role) =>
    namesOf(config[role]).map((name) => ({ role, name })),
  );
  return [
    ...(Object.keys(pipelines).length > 0 ? [] : ['it has no pipeline']),
    ...Object.entries(pipelines).flatMap(([name, pipeline]) =>
      pipelineProblems(name, pipeline, config),
    ),
    ...extensions
      .filter((name) => !namesOf(config.extensions).includes(name))
      .map((name) => `the service names the extension ${name}, which is not declared`),
    ...declared
      .filter(({ name }) => !used.has(name))
      .map(({ role, name }) => `${name} under ${role} is used nowhere`),
  ];
}

/** The variables that a configuration reads: `${env:NAME}`. */
export const variablesOf = (text: string): string[] => [
  ...new Set([...text.matchAll(/\$\{env:(\w+)/g)].map(([, name = '']) => name)),
];
