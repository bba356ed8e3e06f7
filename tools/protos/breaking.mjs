// `npm run protos:breaking`: fails when protos/ breaks what the main branch already promised.
// BASE_REF names the commit to compare with (default: origin/main, else main). Where that is what is checked out, as on
// main itself, it says nothing: then it is the commit before.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const git = (...args) => spawnSync('git', args, { encoding: 'utf8' });
const commitOf = (ref) =>
  git('rev-parse', '--verify', '--quiet', `${ref}^{commit}`).stdout.trim() || undefined;
const candidates = process.env.BASE_REF ? [process.env.BASE_REF] : ['origin/main', 'main', 'HEAD^'];
const named = candidates.map(commitOf).find((commit) => commit !== undefined);

if (named === undefined) {
  console.error(`None of ${candidates.join(', ')} is a commit here. Fetch it, or set BASE_REF.`);
  process.exit(1);
}
const base = named === commitOf('HEAD') ? commitOf('HEAD^') : named;
if (base === undefined) {
  console.log(
    'NOT CHECKED: no commit before this one is here. Fetch it to see whether protos/ breaks anything.',
  );
  // .ci/run would take a step that counts nothing for one that passed.
  console.log('0 passed, 0 failed, 1 skipped');
  process.exit(0);
}
if (git('cat-file', '-e', `${base}:protos`).status !== 0) {
  console.log(`${base} has no protos/ yet: nothing can break.`);
  process.exit(0);
}
const against = `.git#ref=${base},subdir=protos`;
const buf = spawnSync(
  join('node_modules/.bin', 'buf'),
  ['breaking', 'protos', '--against', against],
  {
    stdio: 'inherit',
  },
);
if (buf.status === 0) console.log(`protos/ breaks nothing since ${base}.`);
process.exit(buf.status ?? 1);
