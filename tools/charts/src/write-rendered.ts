// Writes what is installed, in every environment and form of matrix.yaml, into a folder, for programs that read files:
//   node --import tsx tools/charts/src/write-rendered.ts FOLDER
// A file for each installation, with the objects that no file before it has.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { argv } from 'node:process';
import { stringify } from 'yaml';
import { installEverything } from './install';
import type { Installation } from './installation';

/** `production-canary-by-argo-rollouts.yaml`. */
const fileOf = ({ name }: Installation) =>
  `${name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}.yaml`;

/** The objects of each installation, without those of the ones before; those that have nothing new are left out. */
export function withoutRepeats(installations: readonly Installation[]): Map<string, string[]> {
  const seen = new Set<string>();
  const files = installations.map((installation): [string, string[]] => {
    const documents = installation.objects.map((object) => stringify(object));
    const fresh = [...new Set(documents)].filter((document) => !seen.has(document));
    fresh.forEach((document) => seen.add(document));
    return [fileOf(installation), fresh];
  });
  return new Map(files.filter(([, documents]) => documents.length > 0));
}

async function main(folder: string | undefined): Promise<void> {
  if (!folder) throw new Error('Say into which folder: write-rendered.ts FOLDER');
  const { installations, refused } = await installEverything();
  if (refused.length > 0) throw new Error(refused.join('\n'));
  mkdirSync(folder, { recursive: true });
  const files = withoutRepeats(installations);
  for (const [file, documents] of files) writeFileSync(join(folder, file), documents.join('---\n'));
  const objects = [...files.values()].flat().length;
  console.log(`${objects} objects of ${installations.length} installations in ${folder}`);
}

if (require.main === module)
  main(argv[2]).catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });
