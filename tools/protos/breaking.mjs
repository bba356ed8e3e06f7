// `npm run protos:breaking`: fails when protos/ breaks what the main branch already promised.
// BASE_REF names the commit to compare with (default: origin/main, else main, else the commit before).
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const git = (...args) => spawnSync('git', args, { encoding: 'utf8' });
const candidates = process.env.BASE_REF ? [process.env.BASE_REF] : ['origin/main', 'main', 'HEAD^'];
const base = candidates
  .map((ref) => git('rev-parse', '--verify', '--quiet', `${ref}^{commit}`).stdout.trim())
  .find((commit) => commit !== '');

if (base === undefined) {
  console.error(`None of ${candidates.join(', ')} is a commit here. Fetch it, or set BASE_REF.`);
  process.exit(1);
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
