import { crc32c } from '../protocol/crc32c';
import { readFileIfAny, writeFileAtomically } from './files';

/**
 * Saves what spares the next start from reading the log: JSON, and before it its checksum. It holds
 * nothing that the log does not, so it may be lost by power failure.
 */
export function saveSnapshot(file: string, content: unknown): void {
  const text = JSON.stringify(content);
  writeFileAtomically(file, `${checksumOf(text)} ${text}`, false);
}

/** Reads what was saved; undefined if there is none, or a damaged one. */
export function loadSnapshot(file: string): unknown {
  const [, checksum, text = ''] = /^(\d+) (.*)$/s.exec(readFileIfAny(file) ?? '') ?? [];
  return checksum === checksumOf(text) ? JSON.parse(text) : undefined;
}

function checksumOf(text: string): string {
  return String(crc32c(Buffer.from(text)));
}
