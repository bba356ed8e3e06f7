import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { settingNamesOf } from '@quayside/charts/app-settings';
import { parse } from 'yaml';
import { workspaceRoot } from './apps';
import type { Limits } from './container/arguments';
import { programFor } from './container/order';
import { imageOf, type ImageSettings } from './settings';

interface ChartValues {
  resources: { limits: { memory: string } };
  tmpSize: string;
}

const mebibytes = (quantity: string): number => {
  const [, number, unit] = /^(\d+)(Mi|Gi)$/.exec(quantity) ?? [];
  if (number === undefined) throw new Error(`${quantity} is not in Mi or Gi.`);
  return Number(number) * (unit === 'Gi' ? 1024 : 1);
};

/** What the service chart allows a container when nothing else is said. */
export function chartLimits(): Limits {
  const file = join(workspaceRoot, 'helm/charts/service/values.yaml');
  const { resources, tmpSize } = parse(readFileSync(file, 'utf8')) as ChartValues;
  return { memory: mebibytes(resources.limits.memory), tmp: mebibytes(tmpSize) };
}

/** A temporary folder with `<app>/main.js` for each app: programs that run the app's image. */
export async function writePrograms(
  apps: string[],
  settings: ImageSettings,
  label: string,
): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'quayside-images-'));
  const limits = chartLimits();
  const container = join(workspaceRoot, 'dist/tools/images/container.js');
  for (const app of apps) {
    const image = imageOf(settings, app);
    const names = await settingNamesOf(app);
    const order = { app, image, label, docker: settings.docker, limits, settings: names };
    mkdirSync(join(folder, app));
    writeFileSync(join(folder, app, 'main.js'), programFor(order, container));
  }
  return folder;
}
