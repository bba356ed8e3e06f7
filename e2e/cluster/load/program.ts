import { join } from 'node:path';
import { build } from 'esbuild';

/** The load generator as one JavaScript file that needs nothing but Node: small enough for a ConfigMap. */
export async function buildLoadProgram(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(import.meta.dirname, 'main.ts')],
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    minify: true,
    write: false,
    logLevel: 'silent',
  });
  const [file] = outputFiles;
  if (file === undefined) throw new Error('esbuild made no file of the load generator.');
  return file.text;
}
