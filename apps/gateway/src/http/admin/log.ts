import type { Database } from '@quayside/database';
import { readOperatorLog } from '../../store/operator-log';
import { decodeCursor, encodeCursor } from '../cursor';
import type { UserOperation } from '../operation';
import { loggedActToJson } from './wire';

const PAGE_DEADLINE_MS = 5000;

/** What operators have done. */
export function adminLogOperations(database: Database) {
  return {
    async listAuditLog(request, response) {
      const { cursor, limit } = request.query as unknown as { cursor?: string; limit: number };
      // One more than asked for tells whether there is another page.
      const found = await readOperatorLog(database, {
        before: decodeCursor(cursor),
        limit: limit + 1,
        deadline: new Date(Date.now() + PAGE_DEADLINE_MS),
      });
      const page = found.slice(0, limit);
      const last = page.at(-1);
      response.json({
        items: page.map(loggedActToJson),
        nextCursor: found.length > limit && last ? encodeCursor(last.position) : null,
      });
    },
  } satisfies Record<string, UserOperation>;
}
