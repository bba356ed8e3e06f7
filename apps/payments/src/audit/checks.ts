import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** One rule of the ledger. */
export interface Check {
  /** The file's name without `.sql`. */
  name: string;
  /** Finds rows only where the rule is broken. */
  sql: string;
}

/** The folder of checks: beside the bundle, or beside `src`. Throws when there is none. */
function checksFolder(): string {
  const places = ['audit', '../../audit'].map((place) => join(__dirname, place));
  const found = places.find((place) => existsSync(join(place, 'balances.sql')));
  if (!found)
    throw new Error(`The checks of the ledger are neither in ${places.join(' nor in ')}.`);
  return found;
}

/**
 * Every check of `apps/payments/audit`, or of a folder in it whose checks have parameters, by name. Throws when they are
 * not there.
 */
export function readChecks(within = '.'): Check[] {
  const folder = join(checksFolder(), within);
  return readdirSync(folder)
    .filter((file) => file.endsWith('.sql'))
    .sort()
    .map((file) => ({
      name: file.replace(/\.sql$/, ''),
      sql: readFileSync(join(folder, file), 'utf8'),
    }));
}
