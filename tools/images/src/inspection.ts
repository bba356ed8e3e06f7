import type { Docker } from './docker';

/** What is known of one container of a test run. */
export interface Container {
  name: string;
  running: boolean;
  exitCode: number;
  killedForMemory: boolean;
}

interface Inspected {
  Name: string;
  Config: { User: string };
  State: { Running: boolean; ExitCode: number; OOMKilled: boolean };
  HostConfig: { ReadonlyRootfs: boolean; CapDrop: string[] | null; Privileged: boolean };
}

/** All containers with a label, ended ones too. */
export async function containersOf(docker: Docker, label: string): Promise<Container[]> {
  const found = await docker.tell(['ps', '--all', '--quiet', '--filter', `label=${label}`]);
  const ids = found.split('\n').filter((id) => id !== '');
  if (ids.length === 0) return [];
  const inspected = JSON.parse(await docker.tell(['inspect', ...ids])) as Inspected[];
  return inspected.map(({ Name, State }) => ({
    name: Name.replace(/^\//, ''),
    running: State.Running,
    exitCode: State.ExitCode,
    killedForMemory: State.OOMKilled,
  }));
}

const writing = "require('node:fs').writeFileSync('/app/x', '')";
const firstProcess =
  "['status', 'cmdline'].map((file) => require('node:fs').readFileSync('/proc/1/' + file, 'utf8')).join('\\n')";

/** What a container can do that it must not be able to; nothing when all is well. */
export async function weaknesses(docker: Docker, name: string): Promise<string[]> {
  const node = (code: string) => docker.ask(['exec', name, 'node', '-p', code]);
  const found: string[] = [];
  const shell = await docker.ask(['exec', name, 'sh', '-c', 'true']);
  if (shell.status === 0) found.push('it has a shell');
  const written = await node(writing);
  if (!written.stderr.includes('EROFS')) found.push('its root file system can be written to');
  const first = (await node(firstProcess)).stdout;
  const field = (key: string) => new RegExp(`^${key}:\\s+(.+)$`, 'm').exec(first)?.[1];
  if (!/^65532\b/.test(field('Uid') ?? ''))
    found.push(`its user is ${field('Uid') ?? 'not known'}`);
  if (field('CapBnd') !== '0000000000000000') found.push('it has capabilities');
  if (field('NoNewPrivs') !== '1') found.push('it can gain privileges');
  // A shell in between would keep signals to itself.
  if (!first.includes('\nnode\0')) found.push('its first process is not node');
  return found;
}

/** Memory in use, as the engine accounts for it against the limit: `93.4MiB / 384MiB`. */
export async function memoryOf(docker: Docker, name: string): Promise<string> {
  return docker.tell(['stats', '--no-stream', '--format', '{{.MemUsage}}', name]);
}
