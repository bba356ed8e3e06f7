import { join, normalize } from 'node:path';
import type { Manifest } from './manifest';
import { kustomize } from './kustomize';
import { render } from './render';
import { isInRepository } from './repository';
import { specOf } from './workload';

interface HelmSource {
  releaseName?: string;
  valueFiles?: string[];
  fileParameters?: { name: string; path: string }[];
  valuesObject?: Record<string, unknown>;
}

interface Source {
  repoURL: string;
  path?: string;
  chart?: string;
  targetRevision?: string;
  ref?: string;
  helm?: HelmSource;
}

interface ApplicationSpec {
  source?: Source;
  sources?: Source[];
  destination: { namespace?: string };
}

/** The sources of an Application. */
export function sourcesOf(application: Manifest): Source[] {
  const { source, sources = [] } = specOf<ApplicationSpec>(application);
  return source ? [source, ...sources] : sources;
}

/** A file that a source names: beside its path, or `$ref/...` from the root of the repository. */
export const fileOf = ({ path = '' }: Source, file: string) =>
  file.startsWith('$') ? file.slice(file.indexOf('/') + 1) : normalize(join(path, file));

/** What an Application names in this repository and what is not there. */
export const missingFiles = (application: Manifest): string[] =>
  sourcesOf(application).flatMap((source) => {
    const { path, helm: { valueFiles = [], fileParameters = [] } = {} } = source;
    const files = [...valueFiles, ...fileParameters.map((parameter) => parameter.path)];
    return [
      ...(path === undefined ? [] : [path]),
      ...files.map((file) => fileOf(source, file)),
    ].filter((file) => !isInRepository(file));
  });

/** What an Application installs from this repository; charts of others are not here to be rendered. */
export async function applied(application: Manifest): Promise<Manifest[]> {
  const { namespace } = specOf<ApplicationSpec>(application).destination ?? {};
  const parts = await Promise.all(
    sourcesOf(application).map(async (source): Promise<Manifest[]> => {
      const { path, helm = {} } = source;
      if (path === undefined) return [];
      if (isInRepository(join(path, 'kustomization.yaml'))) return kustomize(path);
      return render({
        chart: path,
        release: helm.releaseName ?? application.metadata.name,
        namespace,
        values: (helm.valueFiles ?? []).map((file) => fileOf(source, file)),
        override: helm.valuesObject,
        files: Object.fromEntries(
          (helm.fileParameters ?? []).map(({ name, path: file }) => [name, fileOf(source, file)]),
        ),
      });
    }),
  );
  return parts.flat();
}

/** A folder of Applications, and everything of ours that they install. */
export async function applicationsIn(folder: string): Promise<Manifest[]> {
  const applications = await kustomize(folder);
  return [...applications, ...(await Promise.all(applications.map(applied))).flat()];
}
