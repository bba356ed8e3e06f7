import type { Database } from '@quayside/database';
import type { UserCaller } from '@quayside/identity';
import { logger, metrics } from '@quayside/telemetry';
import type { Downstream } from '../downstream';
import { readActivity } from '../store/activity';
import { activityToJson } from './activity-wire';
import { decodeCursor, encodeCursor } from './cursor';
import type { UserOperation } from './operation';
import { accountToJson, present, profileToJson } from './wire';

/** How many activities the overview shows. */
const LATEST = 10;
/** How long a page of the feed may take, in milliseconds. */
const PAGE_DEADLINE_MS = 5000;

const inMilliseconds = (ms: number) => new Date(Date.now() + ms);

interface FeedDependencies extends Downstream {
  database: Database;
  /** How long the overview waits for its parts, in milliseconds. */
  overviewDeadlineMs: number;
}

/** The feed, and everything at a glance. */
export function feedOperations(dependencies: FeedDependencies) {
  const { database } = dependencies;
  return {
    getOverview: overview(dependencies),

    async listActivity(request, response, caller) {
      const { cursor, limit } = request.query as unknown as { cursor?: string; limit: number };
      // One more than asked for tells whether there is another page.
      const found = await readActivity(database, caller.userId, {
        before: decodeCursor(cursor),
        limit: limit + 1,
        deadline: inMilliseconds(PAGE_DEADLINE_MS),
      });
      const page = found.slice(0, limit);
      const last = page.at(-1);
      response.json({
        items: page.map(activityToJson),
        nextCursor: found.length > limit && last ? encodeCursor(last.number) : null,
      });
    },
  } satisfies Record<string, UserOperation>;
}

/** Asks for the parts side by side; one that fails or takes too long is missing, and the answer says so. */
function overview({
  users,
  payments,
  database,
  overviewDeadlineMs,
}: FeedDependencies): UserOperation {
  const missed = metrics.counter(
    'gateway_overview_missing_total',
    'Parts that an overview had to leave out',
    ['part'],
  );

  async function partsOf(caller: UserCaller) {
    const deadline = inMilliseconds(overviewDeadlineMs);
    const missing: string[] = [];
    const orMissing = async <T>(part: string, asked: Promise<T>): Promise<T | null> => {
      try {
        return await asked;
      } catch (error) {
        missing.push(part);
        missed.inc({ part });
        logger.warn({ part, error }, 'The overview is answered without a part');
        return null;
      }
    };
    const profile = users.GetProfile({}, { caller, deadline });
    const accounts = payments.ListAccounts({}, { caller, deadline });
    const latest = readActivity(database, caller.userId, { limit: LATEST, deadline });
    const parts = await Promise.all([
      orMissing(
        'profile',
        profile.then((answer) => profileToJson(present(answer.profile, 'the profile'))),
      ),
      orMissing(
        'accounts',
        accounts.then((answer) => answer.accounts.map(accountToJson)),
      ),
      orMissing(
        'activity',
        latest.then((found) => found.map(activityToJson)),
      ),
    ]);
    return { profile: parts[0], accounts: parts[1], activity: parts[2], missing: missing.sort() };
  }

  return async (_request, response, caller) => void response.json(await partsOf(caller));
}
