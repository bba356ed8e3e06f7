import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { buildSync } from 'esbuild';

const src = join(import.meta.dirname, '../src');
let folder: string;

before(() => {
  folder = mkdtempSync(join(tmpdir(), 'quayside-source-maps-'));
  const built = { bundle: true, platform: 'node', format: 'cjs', sourcemap: 'linked' } as const;
  writeFileSync(
    join(folder, 'package.ts'),
    'export const fail = (): never => {\n throw new Error("stack"); };\n',
  );
  buildSync({
    ...built,
    entryPoints: [join(folder, 'package.ts')],
    outdir: join(folder, 'node_modules/package'),
  });
  writeFileSync(
    join(folder, 'main.ts'),
    [
      `import ${JSON.stringify(join(src, 'pause-source-maps.ts'))};`,
      `import { resumeSourceMaps } from ${JSON.stringify(join(src, 'source-maps.ts'))};`,
      `import { fail } from './node_modules/package/package.js';`,
      'resumeSourceMaps();',
      'try { fail(); } catch (error) { console.log((error as Error).stack); }',
    ].join('\n'),
  );
  const external = ['./node_modules/package/package.js'];
  buildSync({
    ...built,
    entryPoints: [join(folder, 'main.ts')],
    external,
    outfile: join(folder, 'main.js'),
  });
});
after(() => rmSync(folder, { recursive: true }));

const stack = (...flags: string[]) =>
  execFileSync(process.execPath, [...flags, join(folder, 'main.js')], { encoding: 'utf8' });

test('a stack trace names our source files, and the packages as they were installed', () => {
  const mapped = stack('--enable-source-maps');
  assert.match(mapped, /main\.ts:5/);
  assert.match(mapped, /package\.js:/);
  assert.doesNotMatch(mapped, /package\.ts:/);
});

test('without the flag nothing is mapped', () => {
  assert.match(stack(), /main\.js:/);
});
