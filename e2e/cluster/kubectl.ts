import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import type { Run } from './command';

/** As much of a pod as the steps look at. */
export interface Pod {
  metadata: {
    name: string;
    uid: string;
    labels?: Record<string, string>;
    deletionTimestamp?: string;
  };
  spec: { nodeName?: string };
  status: {
    phase?: string;
    conditions?: { type: string; status: string }[];
    containerStatuses?: { restartCount: number }[];
  };
}

/** A way to a port of a pod or Service. */
export interface Forward {
  url: string;
  close(): void;
}

export interface KubectlOptions {
  program: string;
  context: string;
  namespace: string;
  run: Run;
}

const WAIT = '--timeout=300s';

export const isReady = ({ metadata, status }: Pod) =>
  metadata.deletionTimestamp === undefined &&
  (status.conditions ?? []).some(({ type, status: is }) => type === 'Ready' && is === 'True');

/** kubectl, for one context and one namespace. */
export function createKubectl({ program, context, namespace, run }: KubectlOptions) {
  const scope = ['--context', context, '--namespace', namespace];
  const kubectl = (args: string[], input?: string) => run(program, [...scope, ...args], input);

  async function get<T>(args: string[]): Promise<T[]> {
    const { items } = JSON.parse(await kubectl(['get', ...args, '-o', 'json'])) as { items: T[] };
    return items;
  }

  const pods = (selector: string) => get<Pod>(['pods', '-l', selector]);

  return {
    run: kubectl,
    get,
    pods,
    /** Whether something is there. */
    has: (args: string[]) =>
      kubectl(['get', ...args]).then(
        () => true,
        () => false,
      ),
    apply: (manifest: object) => kubectl(['apply', '-f', '-'], JSON.stringify(manifest)),
    /** Waits until a Deployment or StatefulSet is as wanted. */
    rolledOut: (what: string) => kubectl(['rollout', 'status', what, WAIT]),
    /** Waits until so many pods are ready, and no others are there. */
    async settled(selector: string, replicas: number, timeoutMs = 300_000): Promise<void> {
      const deadline = Date.now() + timeoutMs;
      for (;;) {
        const found = await pods(selector);
        if (found.length === replicas && found.every(isReady)) return;
        if (Date.now() > deadline) {
          const names = found.map(({ metadata }) => metadata.name).join(', ');
          throw new Error(`${selector}: not ${replicas} ready pods within the time, but ${names}`);
        }
        await delay(1_000);
      }
    },
    forward: (target: string, port: number) =>
      forward(program, [...scope, 'port-forward', target, `:${port}`]),
  };
}

export type Kubectl = ReturnType<typeof createKubectl>;

/** Starts `kubectl port-forward` on a free port of this machine. */
function forward(program: string, args: string[]): Promise<Forward> {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const close = () => void child.kill();
  process.once('exit', close);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', () => {
      process.off('exit', close);
      reject(new Error(`kubectl port-forward ended: ${said.trim()}`));
    });
    createInterface(child.stdout).on('line', (line) => {
      const [, port] = /Forwarding from 127\.0\.0\.1:(\d+)/.exec(line) ?? [];
      if (port !== undefined) resolve({ url: `http://127.0.0.1:${port}`, close });
    });
  });
}
