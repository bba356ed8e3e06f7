import { readFileIfAny, writeFileAtomically } from './log/files';

const BLOCK = 1000;

/**
 * Hands out producer ids, each once for ever: the file names the end of the block in use and is on
 * disk before the first id of the block is given. A restart begins the next block.
 */
export function producerIds(file: string): () => number {
  let reserved = Number(readFileIfAny(file) ?? 0);
  let next = reserved;
  return () => {
    if (next === reserved) {
      writeFileAtomically(file, String(reserved + BLOCK));
      reserved += BLOCK;
    }
    next += 1;
    return next - 1;
  };
}
