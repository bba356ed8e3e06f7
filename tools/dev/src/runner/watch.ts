import { watch } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { context, type BuildContext, type BuildOptions } from 'esbuild';
import { workspaceRoot } from '../workspace';
import { seconds, type Display } from './display';
import type { System } from './system';

/** What is needed of a system to restart what was touched. */
interface Restartable {
  process: (name: string) => Pick<ReturnType<System['process']>, 'replace'>;
  migrate: System['migrate'];
  services: System['services'];
}

/** How projects are built: tools/build/bundle.mjs. */
export interface Bundler {
  bundleOptions: (projectRoot: string) => Promise<BuildOptions>;
  copyAssets: (projectRoot: string) => Promise<void>;
}

interface Watched {
  name: string;
  project: string;
  build: BuildContext;
  /** Files, relative to the repository, that the bundle was made of. */
  inputs: Set<string>;
  /** The last build failed: any change may repair it. */
  broken: boolean;
}

/** An editor saves in several steps; they are taken together. */
const SETTLE_MS = 40;

/**
 * Rebuilds on save each service whose bundle contains the saved file, and restarts it when that worked.
 * Answers how to end the watching.
 */
export async function watchServices(
  system: Restartable,
  display: Pick<Display, 'notice'>,
  root = workspaceRoot,
  ownBundler?: Bundler,
): Promise<() => Promise<void>> {
  const bundler = ownBundler ?? (await loadBundler());
  const watched = await Promise.all(
    system.services().map(async ({ name, project }): Promise<Watched> => {
      const options = await bundler.bundleOptions(project);
      const own = { metafile: true, absWorkingDir: root, logLevel: 'silent' } as const;
      const build = await context({ ...options, ...own });
      const inputs = await rebuild(build).catch(() => undefined);
      return { name, project, build, inputs: inputs ?? new Set(), broken: inputs === undefined };
    }),
  );
  const touched = collector((files) => {
    for (const one of watched) void onTouched(one, files, system, bundler, display);
  });
  const watchers = ['apps', 'libs'].map((folder) =>
    watch(join(root, folder), { recursive: true }, (_, file) => {
      if (file !== null) touched(`${folder}/${file}`);
    }),
  );
  display.notice('Watching: a service restarts when one of its files is saved.');
  return async () => {
    for (const watcher of watchers) watcher.close();
    await Promise.all(watched.map(({ build }) => build.dispose()));
  };
}

function loadBundler(): Promise<Bundler> {
  const file = join(workspaceRoot, 'tools/build/bundle.mjs');
  return import(pathToFileURL(file).href) as Promise<Bundler>;
}

async function onTouched(
  one: Watched,
  files: string[],
  system: Restartable,
  { copyAssets }: Bundler,
  display: Pick<Display, 'notice'>,
): Promise<void> {
  const started = performance.now();
  const isAsset = (file: string): boolean => /\.(sql|ya?ml|json)$/.test(file);
  const ofBundle = files.filter((file) => one.inputs.has(file) || (one.broken && !isAsset(file)));
  const assets = files.filter((file) => file.startsWith(`${one.project}/`) && isAsset(file));
  if (ofBundle.length === 0 && assets.length === 0) return;
  try {
    one.inputs = await rebuild(one.build).catch((error: unknown) => {
      one.broken = true;
      throw error;
    });
    one.broken = false;
    if (assets.length > 0) await copyAssets(one.project);
    if (assets.some((file) => file.endsWith('.sql'))) await system.migrate(one.name);
    // Saved again meanwhile: that one will say it.
    if (!(await system.process(one.name).replace())) return;
    const file = [...ofBundle, ...assets][0] ?? '';
    display.notice(
      `${one.name} is ready again, ${seconds(performance.now() - started)} after ${file} was saved.`,
    );
  } catch (error) {
    display.notice(`${one.name}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

async function rebuild(build: BuildContext): Promise<Set<string>> {
  const { metafile } = await build.rebuild();
  return new Set(Object.keys(metafile?.inputs ?? {}));
}

/** Gathers files until none has come for a moment. */
function collector(flush: (files: string[]) => void): (file: string) => void {
  const files = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  return (file) => {
    files.add(file);
    clearTimeout(timer);
    timer = setTimeout(() => {
      flush([...files]);
      files.clear();
    }, SETTLE_MS);
  };
}
