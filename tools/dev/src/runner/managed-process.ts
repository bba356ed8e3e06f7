import { spawn, type ChildProcess } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import type { LogFile } from './log-file';

/** A process that the runner keeps running. */
export interface ProcessSpec {
  name: string;
  /** node's arguments. */
  args: string[];
  env: NodeJS.ProcessEnv;
  /** Where it is expected to be reachable. */
  ports: Record<string, number>;
  /** Before `args`, for a start that listens only when it is told to; without them it cannot be replaced early. */
  holdArgs?: string[];
  cwd: string;
  log: LogFile;
  /** After this many milliseconds a process that was asked to end is killed. */
  stopTimeoutMs: number;
  /** Times it may end before it was ever ready; then the start has failed. */
  firstTries: number;
  /** The pause before the first restart, in milliseconds; it doubles up to `maxPauseMs`. */
  firstPauseMs: number;
  maxPauseMs: number;
}

export type ProcessState =
  'waiting' | 'starting' | 'ready' | 'crashed' | 'stopping' | 'stopped' | 'failed';

/** What can be seen of a process from outside. */
export interface ProcessStatus {
  name: string;
  state: ProcessState;
  pid?: number;
  ports: Record<string, number>;
  /** From spawn to ready, in milliseconds. */
  startedInMs?: number;
  restarts: number;
  /** Why it is in this state, when that is not plain. */
  detail?: string;
}

interface Message {
  type?: string;
  text?: string;
  message?: string;
  pid?: number;
  ports?: Record<string, number>;
}

/** After this long without a crash a process counts as healthy again, and its pauses start short. */
const HEALTHY_MS = 30_000;

/** Starts, watches, restarts and stops one process. */
export class ManagedProcess {
  readonly status: ProcessStatus;
  private child?: ChildProcess;
  private gone: Promise<void> = Promise.resolve();
  /** Loads already while the one before it drains. */
  private successor?: ChildProcess;
  private stops = 0;
  private wanted = false;
  private everReady = false;
  private tries = 0;
  private readyAt = 0;
  private readonly waiters = new Set<{ resolve(): void; reject(error: Error): void }>();
  private readonly pause = { ms: 0, cancel: new AbortController() };

  constructor(
    readonly spec: ProcessSpec,
    private readonly onChange: (status: ProcessStatus) => void,
    private readonly onNotice: (text: string) => void = () => undefined,
  ) {
    this.status = { name: spec.name, state: 'waiting', ports: spec.ports, restarts: 0 };
    this.pause.ms = spec.firstPauseMs;
  }

  /** Resolves when it says that it is ready. Rejects when its first start has failed for good. */
  start(): Promise<void> {
    if (this.wanted && this.status.state === 'ready') return Promise.resolve();
    const ready = new Promise<void>((resolve, reject) => this.waiters.add({ resolve, reject }));
    if (!this.wanted) {
      this.wanted = true;
      this.tries = 0;
      void this.gone.then(() => this.spawn());
    }
    return ready;
  }

  /** Asks it to end (SIGTERM), waits, and kills it after `stopTimeoutMs`. It stays stopped. */
  async stop(): Promise<void> {
    this.stops += 1;
    this.giveUp();
    if (this.child === undefined) {
      this.set('stopped');
      return;
    }
    this.set('stopping');
    this.child.kill('SIGTERM');
    const late = setTimeout(() => {
      this.onNotice(
        `${this.spec.name} did not end in ${this.spec.stopTimeoutMs / 1000} s and was killed.`,
      );
      this.killGroup('SIGKILL');
    }, this.spec.stopTimeoutMs);
    await this.gone;
    clearTimeout(late);
    this.set('stopped');
  }

  /** Stops and starts it; resolves when it is ready again. */
  async restart(): Promise<void> {
    await this.stop();
    await this.start();
  }

  /**
   * As `restart`, but the next one loads while this one drains, which hides half a second. Answers false when it was
   * stopped or replaced again meanwhile.
   */
  async replace(): Promise<boolean> {
    // Of a replacement that is still under way.
    this.endSuccessor();
    const { holdArgs } = this.spec;
    const successor = holdArgs && this.launch(holdArgs).on('error', () => undefined);
    this.successor = successor;
    const stops = this.stops + 1;
    await this.stop();
    try {
      if (this.stops === stops) await this.start();
    } catch (error) {
      if (this.stops === stops) throw error;
    } finally {
      // Still there when it was not taken.
      if (this.successor === successor) this.endSuccessor();
    }
    return this.stops === stops;
  }

  /** Sends a signal to it, or to the process that it names as the real one. Restart rules apply. */
  signal(signal: NodeJS.Signals): void {
    if (this.status.pid !== undefined) process.kill(this.status.pid, signal);
  }

  /** Ends it and everything it started, at once. */
  async kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    // A replacement that waits for the end of this one starts nothing after it.
    this.stops += 1;
    this.giveUp();
    this.endSuccessor();
    this.killGroup(signal);
    await this.gone;
  }

  private spawn(): void {
    if (!this.wanted) return;
    const started = performance.now();
    this.tries += 1;
    const child = this.takeSuccessor() ?? this.launch();
    this.child = child;
    Object.assign(this.status, { pid: child.pid, detail: undefined, startedInMs: undefined });
    this.set('starting');
    child.on('message', (message: Message) => this.onMessage(message, started));
    this.gone = new Promise((resolve) => {
      child.once('error', (error) => this.onEnd(error.message, resolve));
      child.once('exit', (code, signal) =>
        this.onEnd(signal === null ? `exit code ${code ?? '?'}` : signal, resolve),
      );
    });
  }

  private launch(before: string[] = []): ChildProcess {
    const { args, env, cwd, log } = this.spec;
    // Its own process group: a Ctrl-C at the terminal reaches the runner alone. Its output goes straight to
    // the file: a pipe to the runner would break with the runner, just when the process has to drain.
    return spawn(process.execPath, [...before, ...args], {
      cwd,
      env,
      detached: true,
      stdio: ['ignore', log.fd, log.fd, 'ipc'],
    });
  }

  /** The successor, told to go on; undefined when there is none, or it did not even load. */
  private takeSuccessor(): ChildProcess | undefined {
    const { successor } = this;
    this.successor = undefined;
    if (!successor?.connected) return undefined;
    if (successor.exitCode !== null || successor.signalCode !== null) return undefined;
    successor.send({ type: 'go' }, () => undefined);
    return successor;
  }

  private endSuccessor(): void {
    this.successor?.kill('SIGKILL');
    this.successor = undefined;
  }

  private onMessage(message: Message, started: number): void {
    if (message.type === 'notice' && message.text !== undefined) this.onNotice(message.text);
    if (message.type === 'failed') this.status.detail = message.message;
    if (message.type !== 'ready' || this.status.state !== 'starting') return;
    this.status.startedInMs = Math.round(performance.now() - started);
    this.status.ports = { ...this.spec.ports, ...message.ports };
    if (message.pid !== undefined) this.status.pid = message.pid;
    this.everReady = true;
    this.readyAt = performance.now();
    this.set('ready');
    for (const waiter of this.waiters) waiter.resolve();
    this.waiters.clear();
  }

  private onEnd(how: string, resolve: () => void): void {
    if (this.child === undefined) return;
    this.child = undefined;
    this.status.pid = undefined;
    resolve();
    if (!this.wanted) return;
    const detail = this.status.detail ?? `ended by itself (${how})`;
    if (!this.everReady && this.tries >= this.spec.firstTries) this.fail(detail);
    else void this.again(detail);
  }

  private async again(detail: string): Promise<void> {
    const { firstPauseMs, maxPauseMs } = this.spec;
    const healthy = this.status.state === 'ready' && performance.now() - this.readyAt > HEALTHY_MS;
    const pauseMs = healthy ? firstPauseMs : this.pause.ms;
    this.pause.ms = Math.min(pauseMs * 2, maxPauseMs);
    this.pause.cancel = new AbortController();
    this.status.restarts += 1;
    this.status.detail = `${detail}; starts again in ${pauseMs / 1000} s`;
    this.set('crashed');
    const { signal } = this.pause.cancel;
    await delay(pauseMs, undefined, { signal }).then(
      () => this.spawn(),
      () => undefined,
    );
  }

  private fail(detail: string): void {
    this.wanted = false;
    this.status.detail = detail;
    this.set('failed');
    const lines = this.spec.log.lastLines(20).map((line) => `  ${line}`);
    this.rejectWaiters([`${this.spec.name}: ${detail}`, ...lines].join('\n'));
  }

  private giveUp(): void {
    this.wanted = false;
    this.pause.cancel.abort();
    this.rejectWaiters(`${this.spec.name} was stopped before it was ready.`);
  }

  private rejectWaiters(message: string): void {
    for (const waiter of this.waiters) waiter.reject(new Error(message));
    this.waiters.clear();
  }

  private killGroup(signal: NodeJS.Signals): void {
    const pid = this.child?.pid;
    if (pid === undefined) return;
    try {
      process.kill(-pid, signal);
    } catch {
      // It ended meanwhile.
    }
  }

  private set(state: ProcessState): void {
    this.status.state = state;
    this.onChange(this.status);
  }
}
