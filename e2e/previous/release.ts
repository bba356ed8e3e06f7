import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = resolve(__dirname, '../..');

const git = (...args: string[]) =>
  execFileSync('git', args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

/** The release before: the newest tag that is not this commit; without tags the commit before. */
export function previousRelease(): string {
  const tag = spawnSync('git', ['describe', '--tags', '--abbrev=0', 'HEAD^'], { cwd: root });
  return tag.status === 0 ? tag.stdout.toString().trim() : 'HEAD^';
}

/** The tree of another commit, with the packages of this one. */
export interface Checkout {
  folder: string;
  commit: string;
  remove: () => void;
}

/** Checks another commit out into a folder. Throws git's own message when there is no such commit. */
export function checkOut(ref: string, folder: string): Checkout {
  const commit = git('rev-parse', '--verify', `${ref}^{commit}`).trim();
  git('worktree', 'add', '--detach', folder, commit);
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  const remove = () => {
    git('worktree', 'remove', '--force', folder);
  };
  return { folder, commit, remove };
}

/** The apps of a tree that can be bundled. */
const appsIn = (tree: string) =>
  readdirSync(join(tree, 'apps')).filter((app) =>
    existsSync(join(tree, 'apps', app, 'src/main.ts')),
  );

/** A program whose jobs are those of one bundle and whose service is that of another. */
export const programOf = (jobs: string, service: string) =>
  [
    '// Jobs are of this release, what serves is of the one before.',
    `const jobs = ['migrate', 'topics'].includes(process.argv[2]);`,
    // A bundle looks for its files beside the program that was started.
    `process.argv[1] = jobs ? ${JSON.stringify(jobs)} : ${JSON.stringify(service)};`,
    'require(process.argv[1]);',
    '',
  ].join('\n');

/** Bundles the services of a tree, and writes programs that run them after the migrations of this one. */
export function writePrograms(tree: string, folder: string): string[] {
  const apps = appsIn(tree);
  for (const app of apps) {
    const bundle = ['tools/build/bundle.mjs', `apps/${app}`];
    execFileSync(process.execPath, bundle, { cwd: tree, stdio: 'inherit' });
  }
  for (const app of appsIn(root)) {
    const jobs = join(root, 'dist/apps', app, 'main.js');
    const before = join(tree, 'dist/apps', app, 'main.js');
    rmSync(join(folder, app), { recursive: true, force: true });
    mkdirSync(join(folder, app), { recursive: true });
    // An app that the release before did not have.
    const text = programOf(jobs, apps.includes(app) ? before : jobs);
    writeFileSync(join(folder, app, 'main.js'), text);
  }
  return apps;
}
