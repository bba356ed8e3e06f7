import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** One numbered SQL file. */
export interface Migration {
  /** File name, `0001_accounts.sql`. */
  name: string;
  /** From 1, without gaps. */
  number: number;
  sql: string;
  /** SHA-256 of the text, hex; line ends do not count, a checkout may change them. */
  checksum: string;
}

const FILE_NAME = /^(\d{4})_[a-z0-9_]+\.sql$/;

function numberOf(name: string): number {
  const [, digits] = FILE_NAME.exec(name) ?? [];
  if (digits === undefined) {
    throw new Error(`Migration ${name} is not named like 0001_what_it_does.sql. Rename it.`);
  }
  return Number(digits);
}

async function readMigration(folder: string, name: string): Promise<Migration> {
  const sql = (await readFile(join(folder, name), 'utf8')).replaceAll('\r\n', '\n');
  const checksum = createHash('sha256').update(sql).digest('hex');
  return { name, number: numberOf(name), sql, checksum };
}

/** The migrations of a folder in order. Throws when their numbers have a gap or one is there twice. */
export async function readMigrations(folder: string): Promise<Migration[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort();
  names.forEach((name, index) => {
    if (numberOf(name) === index + 1) return;
    const expected = String(index + 1).padStart(4, '0');
    throw new Error(
      `Migration ${name} should have number ${expected}: numbers start at 0001 and have neither gap nor double.`,
    );
  });
  return Promise.all(names.map((name) => readMigration(folder, name)));
}
