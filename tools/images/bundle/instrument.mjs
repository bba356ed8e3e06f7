// Keeps bundled packages traced. OpenTelemetry's instrumentations say which files of which packages they patch
// (`getModuleDefinitions`, there for bundlers); each of these files gets one more line at its end, which hands its
// exports to the instrumentations at run time (libs/telemetry/src/bundled-packages.ts).
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { transform } from 'esbuild';
import { packageOf } from './package-of.mjs';

const require = createRequire(import.meta.url);
const telemetry = resolve('libs/telemetry/src');
const allInstrumentations = '@opentelemetry/auto-instrumentations-node';

/** The names that libs/telemetry enables. */
export async function enabledInstrumentations() {
  const source = await readFile(join(telemetry, 'enabled-instrumentations.ts'), 'utf8');
  const { code } = await transform(source, { loader: 'ts', format: 'esm' });
  const url = `data:text/javascript;base64,${Buffer.from(code).toString('base64')}`;
  return (await import(url)).enabledInstrumentations;
}

/** Everything that these instrumentations patch, core modules aside: Node's own `require` serves those. */
function definitionsOf(enabled) {
  process.env.OTEL_NODE_ENABLED_INSTRUMENTATIONS = enabled.join(',');
  const { getNodeAutoInstrumentations } = require(allInstrumentations);
  return getNodeAutoInstrumentations()
    .flatMap((instrumentation) => {
      // Only its words are needed here, not its hooks.
      instrumentation.disable();
      return instrumentation.getModuleDefinitions();
    })
    .filter(({ name }) => !require('node:module').builtinModules.includes(name));
}

function installed(name) {
  try {
    return require.resolve(name);
  } catch {
    return undefined;
  }
}

function mustBeSupported({ name, version }, ranges) {
  const { satisfies } = require('@opentelemetry/instrumentation/build/src/semver');
  if (ranges.some((range) => satisfies(version, range))) return;
  throw new Error(
    `${name} ${version} would not be traced: its instrumentation supports ${ranges.join(', ')}.`,
  );
}

/** Full path of each file to patch, to what it is called at run time. Throws for a version that is not supported. */
export function filesToPatch(enabled) {
  const files = new Map();
  for (const definition of definitionsOf(enabled)) {
    const entry = installed(definition.name);
    if (!entry) continue;
    const { folder, name, version } = packageOf(entry);
    mustBeSupported({ name, version }, definition.supportedVersions);
    files.set(entry, { package: name, version, name });
    for (const file of definition.files) {
      files.set(join(dirname(folder), file.name), { package: name, version, name: file.name });
    }
  }
  return files;
}

/** The line that a patched file ends with. */
export function patchingLine(file) {
  const patcher = JSON.stringify(join(telemetry, 'bundled-packages'));
  return `\nmodule.exports = require(${patcher}).patchBundled(${JSON.stringify(file)}, module.exports);`;
}

/** Leaves out what the package of all instrumentations loads and never makes: 290 modules, 10 MiB a process. */
export function leaveOutUnused(enabled) {
  const used = new Set(enabled.map((name) => `@opentelemetry/instrumentation-${name}`));
  return {
    name: 'leave out unused instrumentations',
    setup(build) {
      const optional = /^@opentelemetry\/(instrumentation|resource-detector)-/;
      build.onResolve({ filter: optional }, ({ path, importer }) =>
        importer.includes(allInstrumentations) && !used.has(path)
          ? { path, namespace: 'left-out' }
          : undefined,
      );
      build.onLoad({ filter: /./, namespace: 'left-out' }, () => ({ contents: '' }));
    },
  };
}
