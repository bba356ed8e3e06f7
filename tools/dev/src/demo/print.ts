import { colour } from '../runner/colours';

const plain = (text: string): string => text;
const coloured = process.stdout.isTTY && !process.env.NO_COLOR;
const { bold, dim, green, red, cyan } = coloured
  ? colour
  : { bold: plain, dim: plain, green: plain, red: plain, cyan: plain };

/** An amount as the API writes it: minor units in a string. */
export interface Money {
  amount: string;
  currency: string;
}

/** `{ amount: '-1250', currency: 'EUR' }` → `-12.50 EUR`. */
export function formatMoney({ amount, currency }: Money): string {
  const negative = amount.startsWith('-');
  const digits = (negative ? amount.slice(1) : amount).padStart(3, '0');
  return `${negative ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)} ${currency}`;
}

/** A chapter of the story. */
export function printChapter(title: string): void {
  console.log(`\n${bold(title)}`);
}

/** What a client sends; passwords and tokens are not shown. */
export function printRequest(
  method: string,
  path: string,
  headers: Record<string, string> = {},
  body?: object,
): void {
  console.log(`\n  ${cyan(`${method} ${path}`)}`);
  for (const [name, value] of Object.entries(headers)) console.log(dim(`  ${name}: ${value}`));
  if (body !== undefined) console.log(`  ${readable(body)}`);
}

/** What came back, with the trace under which all its spans and log lines are. */
export function printAnswer(status: number, body: unknown, trace: string, tookMs: number): void {
  const shown = status < 400 ? green(String(status)) : red(String(status));
  console.log(`  → ${shown} in ${Math.round(tookMs)} ms  ${dim(`trace ${trace}`)}`);
  if (body !== undefined) console.log(`    ${readable(body)}`);
}

/** Rows in columns as wide as they need; the named columns to the right. */
export function printTable(header: string[], rows: string[][], right: number[] = []): void {
  const widths = header.map((name, column) =>
    Math.max(name.length, ...rows.map((row) => (row[column] ?? '').length)),
  );
  const line = (row: string[]): string =>
    row
      .map((cell, column) => {
        const width = widths[column] ?? 0;
        return right.includes(column) ? cell.padStart(width) : cell.padEnd(width);
      })
      .join('  ')
      .trimEnd();
  console.log(`\n  ${bold(line(header))}`);
  for (const row of rows) console.log(`  ${line(row)}`);
}

const secretFields = ['password', 'accessToken', 'refreshToken', 'cardToken'];

function readable(body: unknown): string {
  const shown = JSON.stringify(body, (name, value: unknown) =>
    secretFields.includes(name) ? '…' : value,
  );
  return shown.length > 600 ? `${shown.slice(0, 600)}…` : shown;
}
