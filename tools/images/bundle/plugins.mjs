// esbuild plugins of the image bundle.
import { readFile } from 'node:fs/promises';
import { dirname, posix } from 'node:path';
import { absentPackages, copiedPackages, harmless, ownFiles } from './settings.mjs';
import { filesToPatch, patchingLine } from './instrument.mjs';
import { packageOf } from './package-of.mjs';

/** `@scope/name` of `@scope/name/path`. */
export const packageName = (path) => path.split('/', path.startsWith('@') ? 2 : 1).join('/');

/** Packages in `copiedPackages` and `absentPackages` stay outside, nothing else does. */
export const outside = {
  name: 'outside',
  setup(build) {
    build.onResolve({ filter: /^[^./]/ }, ({ path }) =>
      packageName(path) in copiedPackages || packageName(path) in absentPackages
        ? { path, external: true }
        : undefined,
    );
  },
};

/**
 * Resolves every import as `require` would: the bundle holds the very files that run in development, where packages
 * are outside the bundle, and no package twice (as ES module and as CommonJS).
 */
export const asRequired = {
  name: 'as required',
  setup(build) {
    build.onResolve({ filter: /^[^./]/ }, async ({ path, kind, pluginData, ...from }) => {
      if (pluginData === 'again' || !['import-statement', 'dynamic-import'].includes(kind)) return;
      const { importer, namespace, resolveDir } = from;
      const options = { importer, namespace, resolveDir, pluginData: 'again' };
      const found = await build.resolve(path, { ...options, kind: 'require-call' });
      // Only for `import`: then as asked.
      return found.errors.length > 0 ? undefined : found;
    });
  },
};

/** `__dirname` of a file that becomes part of the bundle: where the package's own files are put. */
function withOwnFolder(source, { name, path }) {
  if (!/\b__(dir|file)name\b|\brequire\.resolve\b/.test(source)) return source;
  if (name in ownFiles) {
    const folder = JSON.stringify(posix.join('node_modules', name, dirname(path)));
    return source.replaceAll(/\b__dirname\b/g, `require('node:path').join(__dirname, ${folder})`);
  }
  if (name in harmless) return source;
  throw new Error(
    `${name} reads files beside itself (${path}); tools/images/bundle/settings.mjs must say which.`,
  );
}

/** Third-party files: patched where they are traced, able to find their own files. */
export function packages(enabled) {
  const patched = filesToPatch(enabled);
  return {
    name: 'packages',
    setup(build) {
      build.onLoad({ filter: /\/node_modules\/.*\.(c|m)?js$/ }, async ({ path }) => {
        const file = patched.get(path);
        const source = withOwnFolder(await readFile(path, 'utf8'), packageOf(path));
        const contents = source + (file ? patchingLine(file) : '');
        return { contents, loader: 'js' };
      });
    },
  };
}
