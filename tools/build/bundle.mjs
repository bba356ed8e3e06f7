// Bundles one project into dist/<projectRoot>: our own code in one CommonJS file per entry, third-party
// packages left outside so that OpenTelemetry can patch them when they are required (ADR 1).
import { cp, readFile, rm } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/** Entry points and files of `<projectRoot>/bundle.json`; without one: `src/main.ts` and the migrations. */
async function bundleSettings(projectRoot) {
  const file = join(projectRoot, 'bundle.json');
  const own = existsSync(file) ? JSON.parse(await readFile(file, 'utf8')) : {};
  return { entries: { main: 'src/main.ts' }, assets: ['migrations'], ...own };
}

/** esbuild's options for one project; the dev runner's watcher and the images start from the same ones. */
export async function bundleOptions(projectRoot) {
  const { entries } = await bundleSettings(projectRoot);
  return {
    entryPoints: Object.fromEntries(
      Object.entries(entries).map(([name, path]) => [name, join(projectRoot, path)]),
    ),
    outdir: join('dist', projectRoot),
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    packages: 'external',
    tsconfig: 'tsconfig.base.json',
    sourcemap: 'linked',
    // Read into every process; a stack trace needs the names and lines only.
    sourcesContent: false,
    logLevel: 'warning',
  };
}

/** Copies what a bundle reads at run time (migrations, openapi.yaml) beside it. */
export async function copyAssets(projectRoot, outdir = join('dist', projectRoot)) {
  const { assets } = await bundleSettings(projectRoot);
  for (const asset of assets) {
    const from = join(projectRoot, asset);
    if (existsSync(from)) await cp(from, join(outdir, asset), { recursive: true });
  }
}

// Also imported by the dev runner, whose arguments are not meant for this.
const projectRoot = process.argv[2];
if (projectRoot && process.argv[1] === fileURLToPath(import.meta.url)) {
  await rm(join('dist', projectRoot), { recursive: true, force: true });
  await build(await bundleOptions(projectRoot));
  await copyAssets(projectRoot);
}
