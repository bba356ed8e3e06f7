// `npm run bench`, or `npm run bench -- <name>...`: what the embedded system does, beside floors measured in the same
// run. Build first (`npm run build`); figures of different machines or runs are not comparable, ratios of one run are.
import { direct } from './direct';
import { endToEnd } from './end-to-end';
import { limits } from './limits';
import { overload } from './overload';
import { profile } from './profile';
import { report, type Row } from './report';
import { statement } from './statement';

const groups: Record<string, () => Promise<Row[]>> = {
  'end-to-end': endToEnd,
  direct,
  limits,
  overload,
  statement,
  profile,
};
/** The others are measured when they are asked for: `statement` generates data for minutes. */
const usual = ['end-to-end', 'direct', 'limits', 'overload'];

async function run(names: string[]): Promise<Row[]> {
  const unknown = names.find((name) => !Object.hasOwn(groups, name));
  if (unknown !== undefined) {
    throw new Error(`There is no "${unknown}". Choose from ${Object.keys(groups).join(', ')}.`);
  }
  const rows: Row[] = [];
  for (const name of names) rows.push(...((await groups[name]?.()) ?? []));
  return rows;
}

const chosen = process.argv.slice(2);
run(chosen.length > 0 ? chosen : usual)
  .then(report)
  .catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });
