import { carriedProgram } from './carried-program';
import { outputOf, run, type Ran } from './run';

const MISSING =
  'no helm: none of 3.18 or later is on PATH, and the one that npm installs is for Linux x64 only';

// Helm 3.18 judges values by JSON Schema 2020-12, as Helm 4 does.
const LEAST = { major: 3, minor: 18 };

function helmOnPath(): string | undefined {
  const [, major, minor] =
    /^v(\d+)\.(\d+)/.exec(outputOf('helm', 'version', '--short') ?? '') ?? [];
  if (major === undefined) return undefined;
  const fits =
    Number(major) > LEAST.major || (Number(major) === LEAST.major && Number(minor) >= LEAST.minor);
  return fits ? 'helm' : undefined;
}

let found: { path?: string } | undefined;

/** The helm to run: the one on PATH when it is new enough, else the one in npm's package; undefined where there is none. */
export function findHelm(): string | undefined {
  found ??= { path: helmOnPath() ?? carriedProgram('helm') };
  return found.path;
}

/** Why tests that need helm are skipped; false where they run. For node:test's `skip`. */
export function helmMissing(): string | false {
  return findHelm() === undefined ? MISSING : false;
}

export type HelmResult = Ran;

/** Runs helm with these arguments in the repository's root. Throws only where there is no helm. */
export function runHelm(args: readonly string[]): Promise<HelmResult> {
  const helm = findHelm();
  return helm === undefined ? Promise.reject(new Error(MISSING)) : run(helm, args);
}
