import { readFileSync } from 'node:fs';

/** A row of a README's table of settings. */
export interface SettingsRow {
  name: string;
  default: string;
  meaning: string;
}

/** The rows `| NAME | default | meaning |` of a README, to be compared with what the code reads. */
export function settingsTable(path: string): SettingsRow[] {
  const lines = readFileSync(path, 'utf8').split('\n');
  return lines.flatMap((line) => {
    const [, name, byDefault = '', meaning = ''] =
      /^\| `([A-Z_]+)` +\| (.*?) +\| (.*?) +\|$/.exec(line) ?? [];
    return name ? [{ name, default: byDefault, meaning }] : [];
  });
}
