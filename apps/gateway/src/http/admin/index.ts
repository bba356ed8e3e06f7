import type { Database } from '@quayside/database';
import type { Downstream } from '../../downstream';
import { adminAccountOperations } from './accounts';
import { adminLogOperations } from './log';
import { createOnTheRecord } from './on-the-record';
import { adminPeopleOperations } from './people';
import { adminTopUpOperations } from './top-ups';

/** Everything that operators may do. Their scopes stand in openapi.yaml, and each service asks for them once more. */
export function adminOperations({ database, ...downstream }: Downstream & { database: Database }) {
  const onTheRecord = createOnTheRecord(database);
  return {
    ...adminPeopleOperations({ ...downstream, onTheRecord }),
    ...adminAccountOperations({ ...downstream, onTheRecord }),
    ...adminTopUpOperations({ ...downstream, onTheRecord }),
    ...adminLogOperations(database),
  };
}
