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
  /** SHA-256 of the file, hex. */
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

/** The migrations of a folder in order. Throws when their numbers have a gap or a double. */
export async function readMigrations(folder: string): Promise<Migration[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort();
  const migrations = await Promise.all(
    names.map(async (name) => {
      const sql = await readFile(join(folder, name), 'utf8');
      const checksum = createHash('sha256').update(sql).digest('hex');
      return { name, number: numberOf(name), sql, checksum };
    }),
  );
  migrations.forEach(({ name, number }, index) => {
    if (number !== index + 1) {
      throw new Error(`Migration ${name} should have number ${index + 1}. Close the gap.`);
    }
  });
  return migrations;
}
