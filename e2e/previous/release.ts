import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = resolve(__dirname, '../..');

/** The bundles of this release. */
export const bundlesOfThis = join(root, 'dist/apps');

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

/** Bundles the services of a tree. Returns the folder that has `<app>/main.js` of each. */
export function bundle(tree: string): string {
  for (const app of appsIn(tree)) {
    const command = ['tools/build/bundle.mjs', `apps/${app}`];
    execFileSync(process.execPath, command, { cwd: tree, stdio: 'inherit' });
  }
  return join(tree, 'dist/apps');
}

/**
 * Writes programs that serve as those of one folder do, after the migrations of another's. An app that the release
 * before did not have is that of this one.
 */
export function writePrograms(now: string, before: string, folder: string): void {
  for (const app of appsIn(root)) {
    const jobs = join(now, app, 'main.js');
    const service = join(before, app, 'main.js');
    rmSync(join(folder, app), { recursive: true, force: true });
    mkdirSync(join(folder, app), { recursive: true });
    const text = programOf(jobs, existsSync(service) ? service : jobs);
    writeFileSync(join(folder, app, 'main.js'), text);
  }
}
