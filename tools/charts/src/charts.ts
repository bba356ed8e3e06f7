import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { inRepository } from './repository';

const foldersWith = (file: string) =>
  readdirSync(inRepository('helm'), { recursive: true, encoding: 'utf8' })
    .filter((path) => path === file || path.endsWith(`/${file}`))
    .map((path) => dirname(join('helm', path)))
    .sort();

/** Every folder below `helm` that is a chart. */
export const chartFolders = () => foldersWith('Chart.yaml');

/** Every folder below `helm` that kustomize builds. */
export const kustomizeFolders = () => foldersWith('kustomization.yaml');
