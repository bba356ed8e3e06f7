// Puts the table of values into the README of a chart: node --import tsx tools/charts/src/readme.ts [--check]
import { readFileSync, writeFileSync } from 'node:fs';
import { argv, exit } from 'node:process';
import { isMap, isScalar, parseDocument, type Pair, type YAMLMap } from 'yaml';
import { inRepository } from './repository';

const BEGIN = '<!-- values: made from values.yaml by tools/charts/src/readme.ts -->';
const END = '<!-- /values -->';

/** The charts whose README has a table made here. */
const CHARTS = ['helm/charts/service'];

/** One row of the table. */
export interface ValueRow {
  path: string;
  default: string;
  meaning: string;
}

/** The text behind `# --`, or undefined where the comment is not meant for the table. */
function meaningOf(comment: string | null | undefined): string | undefined {
  const lines = (comment ?? '').split('\n').map((line) => line.trim());
  const first = lines.findLastIndex((line) => line.startsWith('-- '));
  if (first === -1) return undefined;
  return lines.slice(first).join(' ').replace(/^-- /, '').trim();
}

function commentOf({ key, value }: Pair, map: YAMLMap): string | undefined {
  // The parser gives the comment above the first key of a map to the map itself.
  const isFirst = map.items[0]?.key === key;
  const above = isScalar(key) ? key.commentBefore : undefined;
  const ofMap = isFirst ? map.commentBefore : undefined;
  const within = isScalar(value) ? value.commentBefore : undefined;
  return meaningOf(above) ?? meaningOf(ofMap) ?? meaningOf(within);
}

function rowsOf(map: YAMLMap, under: string): ValueRow[] {
  return map.items.flatMap((pair): ValueRow[] => {
    const path = `${under}${String(pair.key)}`;
    const meaning = commentOf(pair, map);
    const { value } = pair;
    if (isMap(value) && value.items.length > 0 && meaning === undefined) {
      return rowsOf(value, `${path}.`);
    }
    if (meaning === undefined) {
      throw new Error(`${path} has no meaning: put a line "# -- ..." above it in values.yaml.`);
    }
    const plain = isScalar(value) && typeof value.value === 'string' ? value.value : undefined;
    return [{ path, default: plain ?? JSON.stringify(value), meaning }];
  });
}

/** The values of a chart, in the order of its values.yaml. Throws when one has no meaning. */
export function valueRows(text: string): ValueRow[] {
  const { contents } = parseDocument(text);
  if (!isMap(contents)) throw new Error('values.yaml is not a map.');
  return rowsOf(contents, '');
}

const cell = (text: string) => text.replaceAll('|', '\\|');

function tableOf(rows: readonly ValueRow[]): string {
  const lines = rows.map((row) => {
    const value = row.default === '' ? '' : `\`${cell(row.default)}\``;
    return `| \`${row.path}\` | ${value} | ${cell(row.meaning)} |`;
  });
  return ['| value | default | meaning |', '| --- | --- | --- |', ...lines].join('\n');
}

/** The README with its table made anew. Throws when the README has no place for it. */
export function withTable(readme: string, values: string): string {
  const begin = readme.indexOf(BEGIN);
  const end = readme.indexOf(END);
  if (begin === -1 || end < begin) throw new Error(`The README has no lines ${BEGIN} and ${END}.`);
  const table = tableOf(valueRows(values));
  return `${readme.slice(0, begin)}${BEGIN}\n${table}\n${readme.slice(end)}`;
}

/** The charts whose README is not what their values.yaml says. */
export function staleReadmes(write: boolean): string[] {
  return CHARTS.filter((chart) => {
    const file = inRepository(`${chart}/README.md`);
    const before = readFileSync(file, 'utf8');
    const after = withTable(before, readFileSync(inRepository(`${chart}/values.yaml`), 'utf8'));
    if (write && after !== before) writeFileSync(file, after);
    return after !== before;
  });
}

if (require.main === module) {
  const check = argv.includes('--check');
  for (const chart of staleReadmes(!check)) {
    console.log(check ? `${chart}/README.md is stale.` : `Wrote ${chart}/README.md.`);
    if (check) {
      console.log('Run: node --import tsx tools/charts/src/readme.ts');
      exit(1);
    }
  }
}
