import ts from 'typescript';
import type { Manifest } from '../manifest';
import { inRepository } from '../repository';
import type { FoundModel } from './find-model';

export interface Typed {
  manifest: Manifest;
  model: FoundModel;
  /** What to call it in a message. */
  label: string;
}

const OPTIONS: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2023,
  module: ts.ModuleKind.Preserve,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  strict: true,
  noEmit: true,
  skipLibCheck: true,
  types: [],
  // Past the `exports` of the packages, which name types that are not there.
  paths: { '*': [inRepository('node_modules/*')] },
};

// Only in memory: the compiler is given its text, and finds node_modules from its place.
const FILE = inRepository('rendered-objects.ts');

/** The source that says of each object, on a line of its own, that it fits its type. */
export function sourceOf(objects: readonly Typed[]): string {
  const types = [...new Map(objects.map(({ model }) => [model.module, model.kind])).entries()];
  const names = new Map(types.map(([module], index) => [module, `Kind${index}`]));
  const imports = types.map(
    ([module, kind]) => `import type { I${kind} as ${names.get(module) ?? ''} } from '${module}';`,
  );
  const checks = objects.map(({ manifest, model }) => {
    const value = JSON.stringify({ ...manifest, apiVersion: model.apiVersion });
    return `void (${value} satisfies ${names.get(model.module) ?? ''});`;
  });
  return [imports.join(' '), ...checks, 'export {};'].join('\n');
}

/**
 * Checks the objects by the compiler, all at once: unlike a schema it refuses fields that do not exist. Returns one
 * message per mistake.
 */
export function typecheck(objects: readonly Typed[]): string[] {
  const text = sourceOf(objects);
  const host = ts.createCompilerHost(OPTIONS);
  const { getSourceFile, fileExists } = host;
  host.fileExists = (name) => name === FILE || fileExists(name);
  host.getSourceFile = (name, options) =>
    name === FILE ? ts.createSourceFile(name, text, options) : getSourceFile(name, options);
  const program = ts.createProgram([FILE], OPTIONS, host);
  return ts.getPreEmitDiagnostics(program).map((diagnostic) => {
    const message = ts.flattenDiagnosticMessageText(diagnostic.messageText, ' ');
    if (diagnostic.file?.fileName !== FILE) return message;
    const { line } = diagnostic.file.getLineAndCharacterOfPosition(diagnostic.start ?? 0);
    return `${objects[line - 1]?.label ?? 'imports'}: ${message}`;
  });
}
