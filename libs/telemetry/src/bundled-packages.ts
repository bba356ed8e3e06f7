// In an image the packages are part of the bundle (docs/adr/0005-images.md) and never `require`d, so OpenTelemetry's
// require hook does not see them. There each file that an instrumentation patches ends with a call of `patchBundled`,
// written by tools/images/bundle/instrument.mjs: the same patch on the same object at the same moment.

/** A file of a package that is part of the bundle. */
export interface BundledFile {
  package: string;
  version: string;
  /** The package's name for its entry; else package and path, `kafkajs/src/producer/index.js`. */
  name: string;
}

type Patch = (moduleExports: unknown, version?: string) => unknown;

/** What is used of an instrumentation; `getModuleDefinitions` is there for bundlers. */
interface Instrumentation {
  getModuleDefinitions(): {
    name: string;
    patch?: Patch;
    files: { name: string; patch: Patch }[];
  }[];
}

const patches = (instrumentation: object): instrumentation is Instrumentation =>
  'getModuleDefinitions' in instrumentation;

let active: Instrumentation[] = [];

/** From now on, these patch what is loaded. */
export function patchBundledWith(instrumentations: object[]): void {
  active = instrumentations.filter(patches);
}

/** What a bundled file exports, patched by the instrumentations in use. */
export function patchBundled(file: BundledFile, moduleExports: unknown): unknown {
  return active
    .flatMap((instrumentation) => instrumentation.getModuleDefinitions())
    .filter((definition) => definition.name === file.package)
    .flatMap((definition) => [definition, ...definition.files])
    .filter(({ name }) => name === file.name)
    .reduce((exported, { patch }) => patch?.(exported, file.version) ?? exported, moduleExports);
}
