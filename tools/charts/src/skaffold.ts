import { readYaml, type Values } from './values';

interface Artifact {
  image: string;
  docker?: { dockerfile?: string; target?: string; buildArgs?: Record<string, string> };
  custom?: { buildCommand?: string; dependencies?: { command?: string } };
  sync?: { manual?: { src: string }[] };
}

/** One release of Skaffold's helm deployer. */
export interface SkaffoldRelease {
  name: string;
  chartPath: string;
  namespace?: string;
  dependsOn?: string[];
  valuesFiles?: string[];
  setValues?: Record<string, unknown>;
  setValueTemplates?: Record<string, string>;
}

interface Patch {
  op: 'add' | 'replace' | 'remove';
  path: string;
  value?: unknown;
}

export interface SkaffoldConfig {
  build: { artifacts: Artifact[] };
  manifests?: { rawYaml?: string[] };
  deploy: { helm: { releases: SkaffoldRelease[] } };
  portForward?: { resourceName: string; namespace?: string; port: number }[];
  verify?: {
    name: string;
    container: { image: string };
    executionMode?: { kubernetesCluster?: { jobManifestPath?: string } };
  }[];
}

interface Profile extends Partial<SkaffoldConfig> {
  name: string;
  patches?: Patch[];
}

interface SkaffoldFile extends SkaffoldConfig {
  apiVersion: string;
  profiles?: Profile[];
}

const FILE = 'skaffold.yaml';

/** `skaffold.yaml` as it stands. */
export const readSkaffold = () => readYaml(FILE) as SkaffoldFile;

type Tree = Values | unknown[];

const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null;

function at(tree: unknown, key: string): unknown {
  if (Array.isArray(tree)) return (tree as unknown[])[Number(key)];
  return isTree(tree) ? (tree as Values)[key] : undefined;
}

/** Applies one patch (RFC 6902), as Skaffold does. Throws when it fits nothing: Skaffold would refuse, too. */
function apply(config: SkaffoldConfig, { op, path, value }: Patch): void {
  const keys = path
    .slice(1)
    .split('/')
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
  const last = keys.pop() ?? '';
  const place = keys.reduce<unknown>(at, config);
  const missing = !isTree(place) || (op !== 'add' && at(place, last) === undefined);
  if (missing) throw new Error(`The patch ${op} ${path} fits nothing.`);
  if (Array.isArray(place)) {
    const index = last === '-' ? place.length : Number(last);
    place.splice(index, op === 'add' ? 0 : 1, ...(op === 'remove' ? [] : [value]));
  } else if (op === 'remove') Reflect.deleteProperty(place, last);
  else place[last] = value;
}

/** The profiles of `skaffold.yaml`, by name. */
export const profileNames = () => (readSkaffold().profiles ?? []).map(({ name }) => name);

/** The configuration with profiles switched on, in this order. Throws on an unknown one, and on a patch that fits nothing. */
export function skaffoldWith(...names: string[]): SkaffoldConfig {
  const { profiles = [], ...base } = structuredClone(readSkaffold());
  let config: SkaffoldConfig = base;
  for (const name of names) {
    const profile = profiles.find((each) => each.name === name);
    if (!profile) throw new Error(`${FILE} has no profile ${name}.`);
    const { build, verify, manifests, portForward, patches = [] } = profile;
    // As Skaffold overlays a profile: lists are replaced.
    config = {
      ...config,
      ...(build && { build: { ...config.build, ...build } }),
      ...(verify && { verify }),
      ...(manifests && { manifests }),
      ...(portForward && { portForward }),
    };
    for (const patch of patches) apply(config, patch);
  }
  return config;
}

/** Skaffold's name for an image in its templates: what may not stand in a variable is an underscore. */
export const templateName = (image: string) => image.replaceAll(/[/\-.:]/g, '_');

/** The images that the templates of a release name, as `IMAGE_REPO_x`. */
export const imagesNamedBy = ({ setValueTemplates = {} }: SkaffoldRelease): string[] =>
  Object.values(setValueTemplates).flatMap((template) =>
    [...template.matchAll(/\.IMAGE_(?:REPO|TAG|DIGEST|NAME|DOMAIN)_(\w+)/g)].map(
      ([, name = '']) => name,
    ),
  );

/** The values that Skaffold sets of a release, with a made-up tag of an image that is loaded into the nodes. */
export function setBySkaffold({ setValues = {}, setValueTemplates = {} }: SkaffoldRelease) {
  // 64 characters, one more than a label may have: what Skaffold makes of an image's id.
  const tag = 'a'.repeat(64);
  const templated = Object.entries(setValueTemplates).map(([path, template]) => [
    path,
    template
      .replaceAll(/\{\{\s*\.IMAGE_REPO_\w+\s*\}\}/g, 'ghcr.io/quayside/built')
      .replaceAll(/\{\{\s*\.IMAGE_TAG_\w+\s*\}\}/g, tag)
      .replaceAll(/@?\{\{\s*\.IMAGE_DIGEST_\w+\s*\}\}/g, ''),
  ]);
  const plain = Object.entries(setValues).map(([path, value]) => [path, String(value)]);
  return Object.fromEntries([...plain, ...templated]) as Record<string, string>;
}
