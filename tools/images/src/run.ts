// `npm run images:test [-- --journeys]`: runs the whole system from the images that `npm run images` built, with what the
// chart allows a pod and nothing more, and asks it for the main job. PostgreSQL and the broker are those of `npm start`,
// on the host's network (Linux). `--journeys` then runs e2e/journeys against the images too; `--previous=TAG [--ref=REF]`
// runs e2e/previous with them and the images of another release, whose journeys are those of REF. IMAGE_REGISTRY,
// IMAGE_TAG and DOCKER as for `npm run images`.
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startSystem, withPrograms, type RunningSystem } from '@quayside/dev';
import { allApps, workspaceRoot } from './apps';
import { collect } from './collect';
import { dockerClient, requireEngine, type Docker } from './docker';
import { containersOf, memoryOf, weaknesses } from './inspection';
import { imageOf, readImageSettings, type ImageSettings } from './settings';

const failures: string[] = [];

function expect(what: string, ok: boolean): void {
  console.log(`${ok ? 'ok  ' : 'FAIL'}  ${what}`);
  if (!ok) failures.push(what);
}

/** Runs a program of the repository; shows all that it printed when it fails, else its last line of results. */
async function expectProgram(
  what: string,
  args: string[],
  env: Record<string, string>,
): Promise<void> {
  const { status, output } = await collect(process.execPath, args, { ...process.env, ...env });
  if (status !== 0) console.log(output);
  const count = /^.*?(\d+ passed|pass \d+).*$/m.exec(output)?.[1];
  expect(count === undefined ? what : `${what}: ${count}`, status === 0);
}

async function hasImage(docker: Docker, settings: ImageSettings, app: string): Promise<boolean> {
  return (await docker.ask(['image', 'inspect', imageOf(settings, app)])).status === 0;
}

async function requireImages(docker: Docker, settings: ImageSettings): Promise<void> {
  for (const app of allApps()) {
    if (await hasImage(docker, settings, app)) continue;
    const image = imageOf(settings, app);
    throw new Error(`There is no image ${image}. Build it first: npm run images`);
  }
}

/** The apps that another release had: those that have an image with its tag. */
async function appsOf(docker: Docker, release: ImageSettings): Promise<string[]> {
  const apps: string[] = [];
  for (const app of allApps()) if (await hasImage(docker, release, app)) apps.push(app);
  if (apps.length > 0) return apps;
  throw new Error(
    `There is no image of the release before, such as ${imageOf(release, 'gateway')}.`,
  );
}

/** What is asked of the system while it runs. */
async function examine(docker: Docker, label: string, system: RunningSystem): Promise<void> {
  for (const { name, running } of await containersOf(docker, label)) {
    if (!running) continue;
    const found = await weaknesses(docker, name);
    expect(`${name} is locked down${found.map((one) => `: ${one}`).join('')}`, found.length === 0);
  }
  const { gatewayUrl: QUAYSIDE_URL, cardProcessorUrl: CARD_PROCESSOR_URL } = system;
  const url = { QUAYSIDE_URL, CARD_PROCESSOR_URL };
  const typescript = ['--import', 'tsx'];
  await expectProgram('the smoke test', [...typescript, 'e2e/smoke/main.ts'], url);
  await expectProgram('the demo', [...typescript, 'tools/dev/src/demo/main.ts'], url);
  const page = await fetch(`${system.gatewayUrl}/docs/swagger-ui-bundle.js`);
  expect('the documentation page has its files', page.ok);
  for (const { name, running } of await containersOf(docker, label)) {
    if (running) console.log(`      ${name}: ${await memoryOf(docker, name)}`);
  }
}

/** Every container ended by itself and well: migrations after their work, services by their drain. */
async function examineEnds(docker: Docker, label: string): Promise<void> {
  for (const { name, exitCode, killedForMemory } of await containersOf(docker, label)) {
    const how = killedForMemory ? 'out of memory' : `exit code ${exitCode}`;
    expect(`${name} ended well (${how})`, exitCode === 0 && !killedForMemory);
  }
}

async function runWhole(docker: Docker, programs: string, label: string): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'quayside-images-data-'));
  const topology = withPrograms(programs);
  const system = await startSystem({ dataDir, ports: 'free', removeOnStop: true, topology });
  try {
    await examine(docker, label, system);
  } finally {
    await system.stop();
  }
  await examineEnds(docker, label);
}

function journeys(): string[] {
  const folder = 'e2e/journeys';
  const files = readdirSync(join(workspaceRoot, folder)).map((name) => join(folder, name));
  return ['--import', 'tsx', '--test', '--test-concurrency=1', '--test-reporter=spec', ...files];
}

async function removeContainers(docker: Docker, label: string): Promise<void> {
  const names = (await containersOf(docker, label)).map(({ name }) => name);
  if (names.length > 0) await docker.tell(['rm', '--force', ...names]);
}

/** What was asked for on the command line. */
interface Options {
  journeys: boolean;
  /** Tag of the images of another release. */
  previous?: string;
  /** Where its journeys are: a commit or tag; by default the release before. */
  ref?: string;
}

function readOptions(): Options {
  const { values } = parseArgs({
    options: {
      journeys: { type: 'boolean', default: false },
      previous: { type: 'string' },
      ref: { type: 'string' },
    },
  });
  return values;
}

async function main(): Promise<void> {
  const options = readOptions();
  const settings = readImageSettings(process.env);
  const docker = dockerClient(settings.docker);
  await requireEngine(docker);
  await requireImages(docker, settings);
  const before = options.previous && { ...settings, tag: options.previous };
  const appsBefore = before ? await appsOf(docker, before) : [];
  // The runner and the programs that stand in for the services.
  const built = await collect('npx', ['nx', 'run-many', '-t', 'build', '-p', 'dev,images']);
  if (built.status !== 0) throw new Error(built.output);
  const label = `quayside.images-test=${randomBytes(6).toString('hex')}`;
  // Reads the settings of the apps, and with them the contracts that were just generated.
  const { writePrograms } = await import('./programs');
  const folders: string[] = [];
  const programsOf = async (apps: string[], release: ImageSettings) => {
    const folder = await writePrograms(apps, release, label);
    folders.push(folder);
    return folder;
  };
  try {
    const programs = await programsOf(allApps(), settings);
    if (before) {
      const name = `${before.tag} and ${settings.tag} on one schema`;
      const program = ['--import', 'tsx', 'e2e/previous/main.ts', options.ref ?? []].flat();
      const both = {
        QUAYSIDE_PROGRAMS: programs,
        QUAYSIDE_PREVIOUS_PROGRAMS: await programsOf(appsBefore, before),
      };
      await expectProgram(name, program, both);
    } else {
      await runWhole(docker, programs, label);
    }
    if (options.journeys) {
      await expectProgram('the journeys', journeys(), { QUAYSIDE_PROGRAMS: programs });
    }
  } finally {
    await removeContainers(docker, label);
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  }
  console.log(failures.length === 0 ? 'The images work.' : `${failures.length} failed.`);
  process.exitCode = failures.length === 0 ? 0 : 1;
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
});
