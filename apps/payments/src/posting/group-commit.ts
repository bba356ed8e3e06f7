import { AsyncResource } from 'node:async_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { DeadlineError } from '@quayside/database';
import { injectTraceContext, linkActiveSpan, withSpan } from '@quayside/telemetry';

/** Work that may share a transaction with other work of its kind. */
export interface Groupable {
  /** Two items of the same identity never share a transaction: the second one has to see the first one decided. */
  identity: string;
  /** Nobody waits for it after that. */
  deadline: Date;
}

/** How items are done together. */
export interface GroupCommitOptions<Item, Outcome> {
  /**
   * Does all items in one transaction, in their order, by the deadline; one outcome for each. Rejects when none was
   * done, or when nobody knows: then each is tried again alone, so an item that was done must give its outcome again.
   */
  run(items: readonly Item[], deadline: Date): Promise<readonly Outcome[]>;
  /** Most items of one group; 0: no groups, every item at once and alone. */
  max: number;
}

/** Does an item, together with others where that costs it no wait. Rejects as `run` does. */
export type Submit<Item, Outcome> = (item: Item) => Promise<Outcome>;

interface Waiting<Item, Outcome> {
  item: Item;
  /** Where its caller's trace and deadline are. */
  scope: AsyncResource;
  resolve(outcome: Outcome): void;
  reject(error: unknown): void;
}

const isLate = ({ deadline }: Groupable): boolean => deadline.getTime() <= Date.now();

/** A group holds its locks no longer than this, however patient its callers are. */
const GROUP_DEADLINE_MS = 5_000;

function deadlineOf(items: readonly Groupable[]): Date {
  const latest = Math.max(...items.map(({ deadline }) => deadline.getTime()));
  return new Date(Math.min(latest, Date.now() + GROUP_DEADLINE_MS));
}

/** After a group of so many the callers are sure to be many. */
const BUSY = 8;
/**
 * The next group then waits so long for company. Those who were just answered send again within that time: without it
 * they would miss the group that starts at once, and half of the callers would always wait for the other half.
 */
const GATHER_MS = 4;

/**
 * Group commit: what arrives while a transaction is under way is done together by the next one, so a busy database
 * commits once for many and an idle one makes nobody wait. One transaction is under way at a time.
 */
export function groupCommit<Item extends Groupable, Outcome>({
  run,
  max,
}: GroupCommitOptions<Item, Outcome>): Submit<Item, Outcome> {
  const waiting: Waiting<Item, Outcome>[] = [];
  let underWay = false;

  /** Takes the next group off the queue, in order of arrival; what came too late is answered here. */
  function nextGroup(): Waiting<Item, Outcome>[] {
    const group = new Map<string, Waiting<Item, Outcome>>();
    const left: Waiting<Item, Outcome>[] = [];
    for (const each of waiting.splice(0)) {
      if (isLate(each.item)) each.reject(new DeadlineError());
      else if (group.size < max && !group.has(each.item.identity)) {
        group.set(each.item.identity, each);
      } else left.push(each);
    }
    waiting.push(...left);
    return [...group.values()];
  }

  /** Runs in the first item's trace; the traces of the others link there. */
  function together(first: Waiting<Item, Outcome>, group: Waiting<Item, Outcome>[]) {
    const items = group.map(({ item }) => item);
    const runAll = () => run(items, deadlineOf(items));
    return first.scope.runInAsyncScope(() => {
      if (group.length === 1) return runAll();
      return withSpan('group commit', { 'quayside.group.size': group.length }, () => {
        const trace = injectTraceContext();
        for (const { scope } of group.slice(1)) scope.runInAsyncScope(linkActiveSpan, null, trace);
        return runAll();
      });
    });
  }

  async function settle(group: Waiting<Item, Outcome>[]): Promise<void> {
    const [first] = group;
    if (!first) return;
    try {
      const outcomes = await together(first, group);
      for (const [index, each] of group.entries()) each.resolve(outcomes[index] as Outcome);
    } catch (error) {
      if (group.length === 1) {
        first.reject(error);
        return;
      }
      // One of them may be the reason; the others shall not suffer for it.
      for (const each of group) {
        if (isLate(each.item)) each.reject(error);
        else await settle([each]);
      }
    }
  }

  async function work(): Promise<void> {
    underWay = true;
    while (waiting.length > 0) {
      const group = nextGroup();
      await settle(group);
      if (group.length >= BUSY && waiting.length < max) await pause(GATHER_MS);
    }
    underWay = false;
  }

  return async (item) => {
    if (max === 0) return (await run([item], item.deadline))[0] as Outcome;
    return new Promise((resolve, reject) => {
      waiting.push({ item, scope: new AsyncResource('GroupCommit'), resolve, reject });
      if (!underWay) void work();
    });
  };
}
