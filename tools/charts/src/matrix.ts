import { readdirSync } from 'node:fs';
import { basename } from 'node:path';
import { callGraphOf } from './network/call-graph';
import type { Environment, Rendering } from './render';
import { inRepository, isInRepository } from './repository';
import { mergeValues, readYaml, type Values } from './values';

/** One way to release the services: `matrix.yaml` says what each is for. */
export interface Form {
  name: string;
  environments: Environment[];
  /** The services that have this form; all when not given. The others are released as their files say. */
  services?: string[];
  /** Or all but these. */
  except?: string[];
  values?: Values;
  /** Values of one service, over `values`. */
  each?: Record<string, Values>;
  /** Values files over all others: the half of an overlay that goes into the service's own release. */
  files?: string[];
  /** Installed with this form only: the other half. `{service}` in the name of a release: one for each service. */
  beside?: Beside[];
  expect?: { overlap?: boolean; consuming?: number | Record<string, number> };
}

interface Release {
  chart: string;
  release: string;
  namespace?: string;
  values?: string[];
  override?: Values;
}

/** A release, a folder of plain manifests, one for kustomize, or one of Argo CD's Applications. */
export type Beside =
  Release | { manifests: string } | { kustomize: string } | { applications: string };

/** `tools/charts/matrix.yaml`. */
interface Matrix {
  services: {
    chart: string;
    values: string[];
    image: Values;
    forms: Form[];
  };
  /** Releases and folders of plain manifests that stand beside the services, by environment. */
  beside: Record<Environment, Beside[]>;
}

const FILE = 'tools/charts/matrix.yaml';

const namesIn = (folder: string) =>
  readdirSync(inRepository(folder))
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => basename(file, '.yaml'))
    .sort();

/** The services: each file of `helm/values` is one. */
export const services = () => namesIn('helm/values');

/** The services that an environment has: not those whose node in its call graph is `absent`. */
export function servicesIn(environment: Environment): string[] {
  const files = ['helm/call-graph.yaml', `helm/values/env/${environment}.yaml`];
  const graph = files.map((file) => readYaml(file) as Values).reduce(mergeValues, {});
  const { nodes } = callGraphOf(graph);
  return services().filter((service) => service in nodes);
}

/** The environments: each file of `helm/values/env` is one. */
export const environments = () => namesIn('helm/values/env') as Environment[];

let read: Matrix | undefined;

/** What `matrix.yaml` declares. */
export const matrix = (): Matrix => (read ??= readYaml(FILE) as Matrix);

const isFormed = (service: string, { services: some, except = [] }: Form) =>
  (some?.includes(service) ?? true) && !except.includes(service);

function overrideOf(service: string, environment: Environment, form?: Form): Values {
  const released = isInRepository(`helm/releases/${environment}/${service}.yaml`);
  const formed = form && isFormed(service, form);
  return [
    released ? {} : matrix().services.image,
    formed ? (form.values ?? {}) : {},
    (formed && form.each?.[service]) || {},
  ].reduce(mergeValues, {});
}

/** How one service is rendered: as its files say, or in a form. */
export function serviceRendering(
  service: string,
  environment: Environment,
  form?: Form,
): Rendering {
  const { chart, values } = matrix().services;
  return {
    chart,
    release: service,
    values: [...values, `helm/values/${service}.yaml`],
    env: environment,
    over: form && isFormed(service, form) ? form.files : [],
    override: overrideOf(service, environment, form),
  };
}

/** The forms that an environment may have. */
export const formsOf = (environment: Environment) =>
  matrix().services.forms.filter((form) => form.environments.includes(environment));

const PLACE = '{service}';

/** A part that is one for each service, for each of these. */
function spread(part: Beside, over: readonly string[]): Beside[] {
  if (!('release' in part) || !part.release.includes(PLACE)) return [part];
  const text = JSON.stringify(part);
  return over.map((name) => JSON.parse(text.replaceAll(PLACE, name)) as Beside);
}

/** What a form installs besides, for each of its services that these environments have. */
export function partsOf(form: Form, where: readonly Environment[] = form.environments): Beside[] {
  const there = where.flatMap(servicesIn);
  const some = services().filter((service) => there.includes(service) && isFormed(service, form));
  return (form.beside ?? []).flatMap((part) => spread(part, some));
}
