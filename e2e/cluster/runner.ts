import type { Load } from './load/control';
import type { Summary } from './load/window';
import type { Step, World } from './step';

/** How one step ended. */
export interface StepResult {
  name: string;
  outcome: 'passed' | 'failed' | 'skipped';
  seconds: number;
  requests: number;
  failed: number;
  /** From the first failed request to the end of the last. */
  recoveryMs: number;
  p99Ms: number;
  maxMs: number;
  notes: string[];
  faults: string[];
}

/** Load after the step is done, which still counts as its own: what it left behind shows then. */
const SETTLE_MS = 8_000;
const CALM_MS = 5_000;
/** After an accident requests must work again within this time. */
const RECOVERY_TRIES = 24;

const none = { requests: 0, failed: 0, recoveryMs: 0, p99Ms: 0, maxMs: 0 };

function sumUp(summaries: Summary[]) {
  return summaries.reduce(
    (sum, one) => ({
      requests: sum.requests + one.requests,
      failed: sum.failed + one.failed,
      recoveryMs: Math.max(sum.recoveryMs, one.recoveryMs),
      p99Ms: Math.max(sum.p99Ms, one.p99Ms),
      maxMs: Math.max(sum.maxMs, one.maxMs),
    }),
    none,
  );
}

/** The first failures, in words. */
function tell(summaries: Summary[]): string[] {
  const counts = new Map<string, number>();
  for (const { kind, status, error } of summaries.flatMap(({ failures }) => failures)) {
    const text = `${kind}: ${error ?? `answered ${status ?? 'nothing'}`}`;
    counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  return [...counts].map(([text, count]) => `${count} x ${text}`);
}

/** Waits until a stretch of load has no failed request; says when that never comes. */
async function calm(load: Load, wait: World['wait']): Promise<string[]> {
  for (let attempt = 0; attempt < RECOVERY_TRIES; attempt += 1) {
    await wait(CALM_MS);
    const { failed, requests } = await load.cut();
    if (failed === 0 && requests > 0) return [];
  }
  return [`requests still fail ${(RECOVERY_TRIES * CALM_MS) / 1000} s later`];
}

async function perform(step: Step, world: World) {
  try {
    return await step.run(world);
  } catch (error) {
    return { faults: [error instanceof Error ? error.message : String(error)] };
  }
}

/** Does one step under load and says what it cost. */
export async function runStep(step: Step, world: World): Promise<StepResult> {
  const { load, wait } = world;
  const { name, planned } = step;
  const reason = await step.unable?.(world);
  if (reason !== undefined) {
    return { name, outcome: 'skipped', seconds: 0, ...none, notes: [reason], faults: [] };
  }
  await load.cut();
  const started = performance.now();
  const { notes = [], faults = [], summaries = [] } = await perform(step, world);
  await wait(SETTLE_MS);
  const seconds = Math.round((performance.now() - started) / 1000);
  const all = [await load.cut(), ...summaries];
  const sums = sumUp(all);
  const lost = planned && sums.failed > 0 ? [`${sums.failed} requests failed`] : [];
  const wrong = [...faults, ...lost, ...(await calm(load, wait))];
  const outcome = wrong.length === 0 ? 'passed' : 'failed';
  return { name, outcome, seconds, ...sums, notes: [...notes, ...tell(all)], faults: wrong };
}
