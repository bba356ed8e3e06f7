import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { applicationsIn } from './argo';
import type { Installation } from './installation';
import { kustomize } from './kustomize';
import { parseManifests, type Manifest } from './manifest';
import {
  environments,
  formsOf,
  matrix,
  partsOf,
  serviceRendering,
  services,
  servicesIn,
  type Beside,
  type Form,
} from './matrix';
import { madeByOperators } from './operators';
import { render, type Environment, type Rendering } from './render';
import { inRepository } from './repository';

/** The manifests of a YAML file, or of all below a folder but those that tell kustomize what to do. */
export function plainManifests(path: string): Manifest[] {
  const files = path.endsWith('.yaml')
    ? [path]
    : readdirSync(inRepository(path), { recursive: true, encoding: 'utf8' })
        .filter((file) => file.endsWith('.yaml') && basename(file) !== 'kustomization.yaml')
        .sort()
        .map((file) => join(path, file));
  return files.flatMap((file) => parseManifests(readFileSync(inRepository(file), 'utf8'), file));
}

async function objectsOf(part: Beside): Promise<Manifest[]> {
  if ('manifests' in part) return plainManifests(part.manifests);
  if ('kustomize' in part) return kustomize(part.kustomize);
  if ('applications' in part) return applicationsIn(part.applications);
  return render({ values: [], ...part });
}

const made = async (parts: readonly Beside[]): Promise<Manifest[]> =>
  (await Promise.all(parts.map(objectsOf))).flat();

const besides = new Map<Environment, Promise<Manifest[]>>();

/** What stands beside the services in every form of an environment; made once. */
export function beside(environment: Environment): Promise<Manifest[]> {
  const parts = besides.get(environment) ?? made(matrix().beside[environment]);
  besides.set(environment, parts);
  return parts;
}

async function install(environment: Environment, form?: Form): Promise<Installation> {
  const rendered = await Promise.all(
    servicesIn(environment).map((service) => render(serviceRendering(service, environment, form))),
  );
  const around = [await beside(environment), await made(form ? partsOf(form, [environment]) : [])];
  const objects = [...rendered.flat(), ...around.flat()];
  return {
    name: `${environment}, ${form?.name ?? 'as it is'}`,
    environment,
    form,
    objects,
    operated: madeByOperators(objects),
  };
}

/** What the matrix says is installed, and what helm or kustomize refuse to make of it. */
export interface Installed {
  installations: Installation[];
  refused: string[];
}

/** Every environment as its files say, and in every form that it may have. */
export async function installEverything(): Promise<Installed> {
  const wanted = environments().flatMap((environment) =>
    [undefined, ...formsOf(environment)].map((form) => ({ environment, form })),
  );
  const results = await Promise.allSettled(
    wanted.map(({ environment, form }) => install(environment, form)),
  );
  const refused = results.flatMap((result, index) => {
    if (result.status === 'fulfilled') return [];
    const { environment, form } = wanted[index] ?? {};
    return [`${environment ?? ''}, ${form?.name ?? 'as it is'}: ${String(result.reason)}`];
  });
  return {
    installations: results.flatMap((result) =>
      result.status === 'fulfilled' ? [result.value] : [],
    ),
    refused,
  };
}

/** One environment as its files say. */
export const environmentAsItIs = (environment: Environment) => install(environment);

/**
 * Every chart of ours in every environment and form, for `helm lint`, which knows no names of releases: each service as
 * it is, and the forms with the first of their services.
 */
export function allRenderings(): Rendering[] {
  const parts = [
    ...Object.values(matrix().beside).flat(),
    ...matrix().services.forms.flatMap((form) =>
      partsOf({ ...form, services: (form.services ?? services()).slice(0, 1) }),
    ),
  ];
  const [first = ''] = services();
  const all = [
    ...environments().flatMap((environment) => [
      ...servicesIn(environment).map((service) => serviceRendering(service, environment)),
      ...formsOf(environment).map((form) =>
        serviceRendering(form.services?.[0] ?? first, environment, form),
      ),
    ]),
    ...parts.flatMap((part) => ('chart' in part ? [{ values: [], ...part }] : [])),
  ];
  return [...new Map(all.map((rendering) => [JSON.stringify(rendering), rendering])).values()];
}
