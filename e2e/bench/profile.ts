// Where the event loop's time of gateway and payments goes, by package. Checking tokens must not show: what has been
// verified is remembered. (A check takes as long again on a thread of libuv's, which a profile does not see.)
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { startTemporarySystem, temporaryFolder } from '../temporary';
import { generateLoad } from './load';
import { paymentRequests } from './payments';
import { note, SECONDS, WARM_UP_SECONDS, type Row } from './report';

const PROFILED = ['gateway', 'payments'];
const CONNECTIONS = 32;
const SHOWN = 12;

/** What of the DevTools protocol's profile is read here. */
interface Profile {
  nodes: {
    id: number;
    children?: number[];
    callFrame: { functionName: string; url: string };
  }[];
  samples: number[];
  timeDeltas: number[];
}

/** Of one sample: the packages on its stack, the innermost first, and how long it stands for. */
interface Sample {
  packages: string[];
  microseconds: number;
}

/** The package that a frame's file belongs to; none for Node's own and V8's. */
function packageOf(url: string): string | undefined {
  const [, name] = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url) ?? [];
  return name ?? (/dist\/apps\//.test(url) ? 'quayside' : undefined);
}

/** All samples but those in which the process waited. */
function busySamples({ nodes, samples, timeDeltas }: Profile): Sample[] {
  const parents = new Map(nodes.flatMap(({ id, children = [] }) => children.map((c) => [c, id])));
  const byId = new Map(nodes.map((node) => [node.id, node]));
  function packagesOf(leaf: number): string[] {
    const packages: string[] = [];
    for (let id: number | undefined = leaf; id !== undefined; id = parents.get(id)) {
      const name = packageOf(byId.get(id)?.callFrame.url ?? '');
      if (name !== undefined) packages.push(name);
    }
    const { functionName = '' } = byId.get(leaf)?.callFrame ?? {};
    return functionName.startsWith('(') ? [functionName] : packages;
  }
  return samples
    .map((leaf, index) => ({ packages: packagesOf(leaf), microseconds: timeDeltas[index] ?? 0 }))
    .filter(({ packages }) => packages[0] !== '(idle)');
}

const timeOf = (samples: readonly Sample[]) =>
  samples.reduce((sum, { microseconds }) => sum + microseconds, 0);

/** Each package's own share of the busy time, Node's functions counted as of the package that called them. */
function sharesByPackage(samples: readonly Sample[]): [name: string, percent: number][] {
  const times = new Map<string, number>();
  for (const { packages, microseconds } of samples) {
    const name = packages[0] ?? 'node';
    times.set(name, (times.get(name) ?? 0) + microseconds);
  }
  const all = timeOf(samples);
  return [...times]
    .map(([name, time]) => [name, (time / all) * 100] as [string, number])
    .sort(([, one], [, other]) => other - one);
}

function rowOf(app: string, profile: Profile): Row {
  const samples = busySamples(profile);
  const shares = sharesByPackage(samples).slice(0, SHOWN);
  note(`${app}: ${shares.map(([name, percent]) => `${name} ${percent.toFixed(1)} %`).join(', ')}`);
  const checking = samples.filter(({ packages }) => packages.includes('jose'));
  return {
    name: `${app}: checking signatures of tokens, of the event loop's busy time`,
    value: (timeOf(checking) / timeOf(samples)) * 100,
    unit: '%',
    target: '<= 1 %',
  };
}

/** Takes the profiles under full load; each process writes its own into the folder. */
async function takeProfiles(folder: string): Promise<void> {
  const system = await startTemporarySystem({
    NODE_OPTIONS: `--require "${join(import.meta.dirname, 'profiler.cjs')}"`,
    PROFILE_FOLDER: folder,
    PROFILE_SECONDS: String(SECONDS / 2),
  });
  try {
    const requests = await paymentRequests(system);
    const job = { url: `${system.gatewayUrl}/api/v1/payments`, connections: CONNECTIONS, requests };
    note(`profile: ${WARM_UP_SECONDS} s to warm up, ${SECONDS / 2} s profiled`);
    await generateLoad({ ...job, seconds: WARM_UP_SECONDS });
    const load = generateLoad({ ...job, seconds: SECONDS });
    for (const { name, pid } of system.services) {
      if (pid !== undefined && PROFILED.includes(name)) process.kill(pid, 'SIGUSR2');
    }
    await load;
  } finally {
    await system.stop();
  }
}

function read(folder: string, app: string): Profile {
  const file = join(folder, `${app}.cpuprofile`);
  if (!existsSync(file)) throw new Error(`${app} wrote no profile to ${file}.`);
  return JSON.parse(readFileSync(file, 'utf8')) as Profile;
}

/** The rows of the profile, from payments over HTTP at full load. */
export async function profile(): Promise<Row[]> {
  const folder = temporaryFolder();
  try {
    await takeProfiles(folder);
    return PROFILED.map((app) => rowOf(app, read(folder, app)));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
