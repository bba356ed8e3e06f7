import { fromTimestamp, type payments } from '@quayside/contracts';
import { QuaysideError } from '@quayside/errors';
import type { CallContext } from '@quayside/rpc';
import { toWire } from '../domain/money';
import { findEntries, ownsAccount, standingsBefore, type Standing } from '../store/statement';
import type { PaymentsDependencies } from './dependencies';
import { existingId, notFound } from './identifier';
import { entryToWire } from './wire';

const PAGE = 20;
const LARGEST_PAGE = 100;
const NEWEST = 2n ** 63n - 1n;
/** PostgreSQL knows later times, JavaScript does not. */
const END_OF_TIME = new Date(8.64e15);

/** Cursors are entry numbers, in a form that nobody is tempted to count with. */
const toCursor = (entryNumber: bigint) => Buffer.from(`e${entryNumber}`).toString('base64url');

function fromCursor(cursor: string): bigint {
  if (cursor === '') return NEWEST;
  const [, digits] = /^e(\d{1,18})$/.exec(Buffer.from(cursor, 'base64url').toString()) ?? [];
  if (digits !== undefined) return BigInt(digits);
  throw new QuaysideError('invalid_request', 'The cursor is not one of ours. Start without one.');
}

/** A period of time, its end not included. */
interface Period {
  from: Date;
  to: Date;
}

/** The period that is asked for, if one is. Throws `invalid_request` when it ends before it begins. */
function periodOf({ from, to }: payments.GetStatementRequest__Output): Period | undefined {
  if (!from && !to) return undefined;
  const period = { from: fromTimestamp(from), to: to ? fromTimestamp(to) : END_OF_TIME };
  if (period.from < period.to) return period;
  throw new QuaysideError('invalid_request', 'A period ends after it begins.', {
    fields: [{ path: '/query/to', message: 'must be after from' }],
  });
}

const balanceOf = ({ balance, currency }: Standing) => toWire({ amount: balance, currency });

/** A page of one of the caller's accounts, of a period when one is asked for. */
export async function getStatement(
  { database }: PaymentsDependencies,
  request: payments.GetStatementRequest__Output,
  { userId, deadline }: CallContext,
): Promise<payments.GetStatementResponse> {
  const accountId = existingId(request.accountId, 'account');
  const limit = request.limit === 0 ? PAGE : Math.min(Math.max(request.limit, 1), LARGEST_PAGE);
  const cursor = fromCursor(request.cursor);
  const period = periodOf(request);
  return database.transaction(
    async (tx) => {
      const account = { accountId, userId: userId() };
      const limits = period && (await standingsBefore(tx, account, [period.from, period.to]));
      const isTheirs = period ? limits !== undefined : await ownsAccount(tx, account);
      if (!isTheirs) throw notFound('account');
      const after = limits?.opening.entryNumber ?? 0n;
      const end = limits ? limits.closing.entryNumber + 1n : NEWEST;
      const before = cursor < end ? cursor : end;
      // One more than asked for tells whether there is a next page.
      const read = await findEntries(tx, { accountId, after, before, limit: limit + 1 });
      const entries = read.slice(0, limit);
      const last = entries.at(-1);
      const more = read.length > limit && last !== undefined;
      return {
        entries: entries.map(entryToWire),
        nextCursor: more ? toCursor(last.entryNumber) : '',
        ...(limits && {
          openingBalance: balanceOf(limits.opening),
          closingBalance: balanceOf(limits.closing),
        }),
      };
    },
    { deadline },
  );
}
