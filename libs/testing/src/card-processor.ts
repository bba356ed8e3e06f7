import { fork, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** How a test wants the card processor. */
export interface TestCardProcessorOptions {
  /** Where its webhooks go; default: nowhere. */
  webhookUrl?: string;
  /** How long the slow card takes; default 1000. */
  slowMs?: number;
}

/** The sandbox's card processor as a process of its own, with an empty file. */
export interface TestCardProcessor {
  url: string;
  apiKey: string;
  webhookSecret: string;
  /** The file in which it keeps everything. */
  journal: string;
  /** A token of a card. */
  token(number: string): Promise<string>;
  /** Asks its API as a merchant. */
  ask(path: string, init?: RequestInit): Promise<Response>;
  /** Stops its clock, and lets it go on: what was asked meanwhile it does then. */
  pause(): void;
  resume(): void;
  /** Ends it at once, as `kill -9` does, and starts it again on the same port and file; in between `whileDown` is done. */
  killAndRestart(whileDown?: () => Promise<void>): Promise<void>;
  stop(): Promise<void>;
}

const workspaceRoot = join(import.meta.dirname, '../../..');
const program = join(workspaceRoot, 'apps/card-processor/src/main.ts');

function start(env: Record<string, string>): Promise<{ child: ChildProcess; port: number }> {
  const child = fork(program, [], {
    execArgv: ['--import', 'tsx'],
    cwd: workspaceRoot,
    env: { ...process.env, NODE_TEST_CONTEXT: undefined, ...env },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`The card processor ended with ${code}.`)));
    child.on('message', ({ ports }: { ports?: { http?: number } }) => {
      if (ports?.http !== undefined) resolve({ child, port: ports.http });
    });
  });
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill(signal);
  await ended;
}

/** Starts a card processor on a free port. */
export async function testCardProcessor(
  options: TestCardProcessorOptions = {},
): Promise<TestCardProcessor> {
  const folder = await mkdtemp(join(tmpdir(), 'quayside-cards-'));
  const [apiKey, webhookSecret] = [randomBytes(32), randomBytes(32)].map((bytes) =>
    bytes.toString('base64url'),
  ) as [string, string];
  const journal = join(folder, 'journal.jsonl');
  const env = {
    JOURNAL_FILE: journal,
    API_KEY: apiKey,
    WEBHOOK_SECRET: webhookSecret,
    WEBHOOK_URL: options.webhookUrl ?? '',
    WEBHOOK_RETRY_MS: '50',
    SLOW_ANSWER_MS: String(options.slowMs ?? 1_000),
    HTTP_HOST: '127.0.0.1',
    ADMIN_HOST: '127.0.0.1',
    ADMIN_PORT: '0',
    LOG_LEVEL: process.env.LOG_LEVEL ?? 'fatal',
  };
  let running = await start({ ...env, HTTP_PORT: '0' });
  const { port } = running;
  const url = `http://127.0.0.1:${port}`;
  return {
    ...{ url, apiKey, webhookSecret, journal },
    ask: (path, init = {}) =>
      fetch(new URL(path, url), {
        ...init,
        headers: {
          authorization: `Bearer ${apiKey}`,
          'content-type': 'application/json',
          ...(init.headers as Record<string, string> | undefined),
        },
      }),
    async token(number) {
      const response = await fetch(new URL('/v1/tokens', url), {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ number }),
      });
      return ((await response.json()) as { token: string }).token;
    },
    pause: () => void running.child.kill('SIGSTOP'),
    resume: () => void running.child.kill('SIGCONT'),
    async killAndRestart(whileDown) {
      await end(running.child, 'SIGKILL');
      await whileDown?.();
      running = await start({ ...env, HTTP_PORT: String(port) });
    },
    async stop() {
      await end(running.child, 'SIGTERM');
      await rm(folder, { recursive: true, force: true });
    },
  };
}
