// `npm start` and `npm run dev`. Plain JavaScript, so that it runs before anything is built: it checks Node,
// builds what is stale, and goes on in the built runner.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const apps = ['auth', 'users', 'card-processor', 'payments', 'gateway'];
const projects = ['dev', ...apps];
const bundles = ['tools/dev', ...apps.map((app) => `apps/${app}`)];
const sources = ['apps', 'libs', 'protos', 'tools/broker', 'tools/build', 'tools/dev'];
const files = ['nx.json', 'package-lock.json', 'tsconfig.base.json'];
const stamp = join(root, 'dist/start.stamp');

function checkNode() {
  const { engines } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const [major, minor] = process.versions.node.split('.').map(Number);
  const [wantedMajor, wantedMinor] = engines.node.match(/\d+/g).map(Number);
  if (major > wantedMajor || (major === wantedMajor && minor >= wantedMinor)) return;
  fail(
    `Quayside needs Node ${wantedMajor}.${wantedMinor} or newer; this is ${process.versions.node}.`,
  );
}

function checkInstalled() {
  if (!existsSync(join(root, 'node_modules/.bin/nx'))) fail('Run npm ci first.');
}

function fail(sentence) {
  console.error(sentence);
  process.exit(1);
}

/** Names, sizes and times of everything that goes into a build: a few milliseconds, where Nx takes a second. */
function fingerprint() {
  const hash = createHash('sha256');
  const add = (path) => {
    const { size, mtimeMs } = statSync(join(root, path));
    hash.update(`${path} ${size} ${mtimeMs}\n`);
  };
  for (const file of files) add(file);
  for (const folder of sources) walk(folder, add);
  return hash.digest('hex');
}

function walk(folder, add) {
  for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) walk(path, add);
    else if (!/\.test\.ts$|\.md$/.test(entry.name)) add(path);
  }
}

function isBuilt() {
  const built = bundles.every((bundle) => existsSync(join(root, 'dist', bundle, 'main.js')));
  return built && existsSync(stamp) && readFileSync(stamp, 'utf8') === fingerprint();
}

/** Builds with Nx; its words are shown only when it fails. */
function build() {
  const started = Date.now();
  process.stdout.write('Building what has changed ...');
  // No terminal interface, no daemon, nothing that is left running.
  const env = { ...process.env, NX_TUI: 'false', NX_DAEMON: 'false', FORCE_COLOR: '0' };
  const child = spawn(
    process.execPath,
    [
      join(root, 'node_modules/.bin/nx'),
      'run-many',
      '-t',
      'build',
      '-p',
      projects.join(','),
      '--output-style=stream',
    ],
    { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'], detached: true },
  );
  let words = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (words += chunk));
  const ticking = setInterval(() => process.stdout.write('.'), 1000);
  // Detached, so that it ends by our word and not half by the terminal's.
  const interrupt = () => {
    try {
      process.kill(-child.pid, 'SIGKILL');
    } catch {
      // It has just ended.
    }
    process.stdout.write('\n');
    process.exit(130);
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  for (const signal of signals) process.on(signal, interrupt);
  return new Promise((resolve) => {
    child.on('exit', (code) => {
      clearInterval(ticking);
      for (const signal of signals) process.off(signal, interrupt);
      process.stdout.write(` ${((Date.now() - started) / 1000).toFixed(1)} s\n`);
      if (code !== 0) fail(`${words}\nThe build failed (see above).`);
      mkdirSync(dirname(stamp), { recursive: true });
      writeFileSync(stamp, fingerprint());
      resolve();
    });
  });
}

process.chdir(root);
checkNode();
checkInstalled();
if (!isBuilt()) await build();
createRequire(import.meta.url)(join(root, 'dist/tools/dev/main.js'));
