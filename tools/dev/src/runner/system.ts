import { rm } from 'node:fs/promises';
import { createDatabases } from '../postgres/databases';
import { startOrder, topology as embedded, type Topology } from '../topology';
import { workspaceRoot } from '../workspace';
import { dataFolder, emptyDataFolder, lockDataFolder, type DataFolder } from './data-folder';
import { silent, type Display } from './display';
import { openLogFile, type LogFile } from './log-file';
import { announceMail } from './mail';
import { ManagedProcess, type ProcessStatus } from './managed-process';
import { databaseSpec, makePlan, rolesOf } from './plan';
import { describeRunning, writeRuntime, type Runtime } from './runtime-file';
import { ensureSecrets } from './secrets';
import {
  brokerProgram,
  migrationProgram,
  postgresProgram,
  serviceProgram,
  topicsProgram,
  type Ingredients,
  type Program,
} from './specs';
import { runStep } from './step';

/** What to bring up and how. */
export interface SystemOptions {
  /** Everything that the system keeps; see DataFolder. */
  dataDir: string;
  /** `usual`: those of the topology, others where they are taken. */
  ports: 'free' | 'usual';
  /** Services to start, with what they call; all by default. */
  only?: string[];
  /** Added to this process's environment: settings of all services, and what the user brings (KAFKA_BROKERS...). */
  env?: NodeJS.ProcessEnv;
  /** Empties the data folder first. */
  reset?: boolean;
  /** Deletes the data folder at the end, also those parts that had to be put elsewhere. */
  removeOnStop?: boolean;
  /** Looks at the data folder when everything has ended, before that. What it throws `stop` throws, at its end. */
  beforeRemoval?(folder: DataFolder): Promise<void>;
  display?: Display;
  topology?: Topology;
}

const STOP_TIMEOUT_MS = 25_000;

/**
 * Everything that one start brings up. `start` once, then `stop`; in between its processes are restarted when
 * they crash. The built bundles in `dist/` must exist.
 */
export class System {
  readonly logs: LogFile[] = [];
  private readonly processes = new Map<string, ManagedProcess>();
  private readonly folder;
  private readonly display: Display;
  private readonly giveUp = new AbortController();
  private unlock?: () => void;
  private endMail?: () => void;
  /** Names in the order in which they were started, group by group. */
  private readonly started: string[][] = [];
  private readonly said = new Set<string>();
  private stopping?: Promise<void>;
  private made?: Ingredients;

  constructor(private readonly options: SystemOptions) {
    this.folder = dataFolder(options.dataDir);
    this.display = options.display ?? silent;
  }

  /** Resolves when everything is ready. Rejects with a sentence, and the last lines of what failed. */
  async start(): Promise<void> {
    this.unlock = lockDataFolder(this.folder);
    if (this.options.reset) await emptyDataFolder(this.folder);
    const from = await this.prepare();
    this.endMail = announceMail(this.folder.mail, (text) => this.display.notice(text));
    this.add(postgresProgram(from));
    this.add(brokerProgram(from));
    for (const service of from.plan.services) this.add(serviceProgram(service, from));
    await allOrFirstError([this.startDatabases(from), this.startKafka(from)], () =>
      this.giveUp.abort(),
    );
    for (const group of startOrder(from.plan.services.map(({ spec }) => spec))) {
      const names = group.map(({ name }) => name);
      this.started.push(names);
      await Promise.all(names.map((name) => this.bringUp(name)));
    }
    this.writeRuntime();
  }

  /** Drains everything in order: gateway, services, broker, PostgreSQL. */
  stop(): Promise<void> {
    this.stopping ??= this.drain();
    return this.stopping;
  }

  /** Ends everything at once. Acknowledged work is still kept: PostgreSQL and broker recover. */
  async killAll(): Promise<void> {
    this.giveUp.abort();
    this.endMail?.();
    const all = [...this.processes];
    await Promise.all(
      all.map(([name, one]) => one.kill(name === 'postgres' ? 'SIGQUIT' : 'SIGKILL')),
    );
    this.unlock?.();
  }

  /** A process by its name. Throws for one that this system does not have. */
  process(name: string): ManagedProcess {
    const found = this.processes.get(name);
    if (found !== undefined) return found;
    throw new Error(`No process "${name}"; there are: ${[...this.processes.keys()].join(', ')}.`);
  }

  /** The services of this start, with their folders. */
  services(): { name: string; project: string }[] {
    return this.ingredients().plan.services.map(({ spec }) => spec);
  }

  /** Runs a service's migrations. */
  async migrate(name: string): Promise<void> {
    const from = this.ingredients();
    const service = from.plan.services.find(({ spec }) => spec.name === name);
    const program = service && migrationProgram(service, from);
    if (program !== undefined) await this.step(program);
  }

  /** What others may know; see `.data/runtime.json`. */
  runtime(): Runtime {
    const statuses = [...this.processes.values()].map(({ status }) => status);
    return describeRunning(this.ingredients(), statuses);
  }

  private async prepare(): Promise<Ingredients> {
    const env = { ...process.env, ...this.options.env };
    const topology = this.options.topology ?? embedded;
    const plan = await makePlan(topology, { ...this.options, env }, (text) =>
      this.display.notice(text),
    );
    const roles = plan.databases.flatMap(rolesOf);
    const secrets = ensureSecrets(this.folder.secrets, roles, this.folder.postgres);
    this.made = { plan, secrets, folder: this.folder, env };
    return this.made;
  }

  private async startDatabases({ plan, secrets }: Ingredients): Promise<void> {
    if (plan.postgresPort !== undefined) {
      await this.bringUp('postgres');
      const begun = performance.now();
      const admin = `postgres://postgres:${secrets.postgres}@127.0.0.1:${plan.postgresPort}/postgres`;
      const databases = plan.databases.map((name) => databaseSpec(name, secrets.roles));
      await createDatabases(admin, databases);
      this.display.step('databases', performance.now() - begun);
    }
    await Promise.all(plan.services.map(({ spec }) => this.migrate(spec.name)));
  }

  private async startKafka(from: Ingredients): Promise<void> {
    if (from.plan.brokerPort !== undefined) await this.bringUp('broker');
    const topics = topicsProgram(from);
    if (topics !== undefined) await this.step(topics);
  }

  private add(program: Program | undefined): void {
    if (program === undefined) return;
    const { name } = program;
    const managed = new ManagedProcess(
      {
        ...program,
        cwd: workspaceRoot,
        log: this.openLog(name),
        stopTimeoutMs: STOP_TIMEOUT_MS,
        firstTries: 3,
        firstPauseMs: 500,
        maxPauseMs: 15_000,
      },
      (status) => this.onChange(status),
      (text) => this.noticeOnce(text),
    );
    this.processes.set(name, managed);
    this.display.status(managed.status);
  }

  private bringUp(name: string): Promise<void> {
    this.giveUp.signal.throwIfAborted();
    return this.process(name).start();
  }

  private async step(program: Program): Promise<void> {
    const { name } = program;
    const log = this.logs.find((one) => one.name === name) ?? this.openLog(name);
    const { signal } = this.giveUp;
    const tookMs = await runStep({ ...program, cwd: workspaceRoot, log, signal });
    this.display.step(name, tookMs);
  }

  private async drain(): Promise<void> {
    this.giveUp.abort();
    this.endMail?.();
    const groups = [...[...this.started].reverse(), ['broker'], ['postgres']];
    for (const names of groups) {
      const present = names.flatMap((name) => this.processes.get(name) ?? []);
      await Promise.all(present.map((one) => one.stop()));
    }
    for (const log of this.logs) log.close();
    await rm(this.folder.runtime, { force: true });
    try {
      if (this.options.removeOnStop) await this.remove();
    } finally {
      this.unlock?.();
    }
  }

  private async remove(): Promise<void> {
    try {
      await this.options.beforeRemoval?.(this.folder);
    } finally {
      await emptyDataFolder(this.folder);
      await rm(this.folder.root, { recursive: true, force: true });
    }
  }

  private onChange(status: ProcessStatus): void {
    this.display.status(status);
    if (status.state === 'ready' && this.stopping === undefined) this.writeRuntime();
  }

  /** A restarted process says the same again; nobody needs to read it twice. */
  private noticeOnce(text: string): void {
    if (!this.said.has(text)) this.display.notice(text);
    this.said.add(text);
  }

  private writeRuntime(): void {
    writeRuntime(this.folder.runtime, this.runtime());
  }

  private openLog(name: string): LogFile {
    const log = openLogFile(this.folder.logs, name);
    this.logs.push(log);
    return log;
  }

  private ingredients(): Ingredients {
    if (this.made === undefined) throw new Error('Not started yet.');
    return this.made;
  }
}

/** Waits for all to end one way or the other, so that nothing runs on behind an error; throws the first. */
async function allOrFirstError(all: Promise<void>[], onError: () => void): Promise<void> {
  const errors: unknown[] = [];
  const note = (error: unknown): void => {
    errors.push(error);
    onError();
  };
  await Promise.all(all.map((one) => one.catch(note)));
  if (errors.length > 0) throw errors[0];
}
