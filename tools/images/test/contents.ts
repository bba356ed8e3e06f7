import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { allApps } from '../src/apps';
import { collect } from '../src/collect';

/**
 * What the images of all apps hold, each in `<folder>/<app>`, far from the packages of the repository: a package that the
 * image would lack is not found here either.
 */
export async function makeContents(): Promise<{ folder: string; remove(): void }> {
  const folder = mkdtempSync(join(tmpdir(), 'quayside-contents-'));
  const remove = () => {
    rmSync(folder, { recursive: true, force: true });
  };
  for (const app of allApps()) {
    const bundler = ['tools/images/bundle/main.mjs', `apps/${app}`, join(folder, app)];
    const { status, output } = await collect(process.execPath, bundler);
    if (status === 0) continue;
    remove();
    throw new Error(output);
  }
  return { folder, remove };
}
