import { metrics } from '@quayside/telemetry';

/** Resolves when the dependency answers, rejects with why when it does not. */
export type DependencyCheck = () => Promise<void>;

/** What `/readyz` says. Dependencies are told for people; they do not decide readiness. */
export interface HealthReport {
  status: 'starting' | 'ready' | 'draining';
  /** What start-up is waiting for, while it does. */
  waitingFor?: string;
  dependencies: Record<string, { status: 'up' | 'down'; reason?: string }>;
}

/** A check that hangs counts as down after this long. */
const checkTimeoutMs = 1_000;
/** Probes and scrapers share one look at a dependency for so long. */
const defaultFreshForMs = 2_000;

type DependencyState = HealthReport['dependencies'][string];

interface Dependency {
  check: DependencyCheck;
  freshForMs: number;
  last?: { at: number; state: Promise<DependencyState> };
}

async function look(check: DependencyCheck): Promise<DependencyState> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new Error(`no answer within ${checkTimeoutMs} ms`)),
      checkTimeoutMs,
    );
  });
  try {
    await Promise.race([check(), timeout]);
    return { status: 'up' };
  } catch (error) {
    return { status: 'down', reason: error instanceof Error ? error.message : String(error) };
  } finally {
    clearTimeout(timer);
  }
}

/**
 * What this process is able to do now. Ready after the first complete start-up until it drains:
 * a dependency that goes away later does not change that, or one blip of a shared part would take
 * every replica out of service at once.
 */
export class HealthState {
  #status: HealthReport['status'] = 'starting';
  #waitingFor: string | undefined;
  readonly #dependencies = new Map<string, Dependency>();

  /** `true` when `/readyz` answers 200. */
  get ready(): boolean {
    return this.#status === 'ready';
  }

  /** Marks start-up as complete (or not). Ignored once draining. */
  setReady(ready: boolean): void {
    if (this.#status !== 'draining') this.#status = ready ? 'ready' : 'starting';
    if (ready) this.#waitingFor = undefined;
  }

  /** Not ready from now on, for good. */
  setDraining(): void {
    this.#status = 'draining';
  }

  /** Says what start-up is waiting for; `undefined` when it goes on. */
  setWaitingFor(what: string | undefined): void {
    this.#waitingFor = what;
  }

  /** Adds a dependency to the report and to the gauge `dependency_up`; looked at every `freshForMs` at most. */
  addDependency(name: string, check: DependencyCheck, freshForMs = defaultFreshForMs): void {
    this.#dependencies.set(name, { check, freshForMs });
  }

  /** Looks at every dependency, each for at most a second, and reports. */
  async report(): Promise<HealthReport> {
    const names = [...this.#dependencies.keys()];
    const states = await Promise.all([...this.#dependencies.values()].map(currentState));
    const dependencies: HealthReport['dependencies'] = {};
    const up = metrics.gauge('dependency_up', '1 when a dependency answered its check, else 0', [
      'dependency',
    ]);
    for (const [index, state] of states.entries()) {
      const name = names[index] ?? '';
      dependencies[name] = state;
      up.set({ dependency: name }, state.status === 'up' ? 1 : 0);
    }
    const waiting = this.#waitingFor === undefined ? {} : { waitingFor: this.#waitingFor };
    return { status: this.#status, ...waiting, dependencies };
  }
}

function currentState(dependency: Dependency): Promise<DependencyState> {
  const now = Date.now();
  if (!dependency.last || now - dependency.last.at > dependency.freshForMs) {
    dependency.last = { at: now, state: look(dependency.check) };
  }
  return dependency.last.state;
}
