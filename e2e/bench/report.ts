import { mkdir, writeFile } from 'node:fs/promises';

/**
 * Seconds of load before a row is measured: at 400 payments a second V8 is still compiling after 30, and a payment costs
 * a fifth more than at the end.
 */
export const WARM_UP_SECONDS = Number(process.env.BENCH_WARM_UP_SECONDS ?? 60);
/** Seconds that a row is measured for. */
export const SECONDS = Number(process.env.BENCH_SECONDS ?? 20);

/** Says what is being done. */
export const note = (text: string) => console.log(`bench: ${text}`);

/** One measured figure; `ratio` is value / floor (or floor / value where less is better). */
export interface Row {
  name: string;
  value: number;
  unit: string;
  floor?: number;
  ratio?: number;
  /** What `ratio`, or `value` where there is no floor, should reach. */
  target?: string;
  /** CPU seconds of the load generator during this row. */
  generatorCpuSeconds?: number;
}

const rounded = (value: number | undefined) =>
  value === undefined ? '' : value.toLocaleString('en', { maximumFractionDigits: 2 });

function columns({ name, value, unit, floor, ratio, target, generatorCpuSeconds }: Row): string[] {
  return [
    name,
    `${rounded(value)} ${unit}`,
    rounded(floor),
    rounded(ratio),
    target ?? '',
    rounded(generatorCpuSeconds),
  ];
}

/** Prints the rows as a table and writes them to `.data/reports/bench.json`. */
export async function report(rows: readonly Row[]): Promise<void> {
  const lines = [
    ['measured', 'value', 'floor', 'ratio', 'target', 'generator CPU s'],
    ...rows.map(columns),
  ];
  const widths = lines[0]?.map((_, column) =>
    Math.max(...lines.map((line) => line[column]?.length ?? 0)),
  );
  for (const line of lines) {
    console.log(line.map((text, column) => text.padEnd(widths?.[column] ?? 0)).join('  '));
  }
  await mkdir('.data/reports', { recursive: true });
  await writeFile('.data/reports/bench.json', `${JSON.stringify({ rows }, null, 2)}\n`);
  console.log('\nWritten to .data/reports/bench.json');
}
