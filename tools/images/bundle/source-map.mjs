// Source maps of our own code only. Node keeps a whole map in memory and unfolds it at the first stack trace: of a
// bundle with all packages that is 400,000 positions, of our own code 20,000.
const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Numbers of a segment in base64 VLQ (ECMA-426, section 9): five bits a digit, the lowest of the number is its sign. */
export function decode(segment) {
  const numbers = [];
  let value = 0;
  let shift = 0;
  for (const digit of segment) {
    const bits = digits.indexOf(digit);
    value |= (bits & 31) << shift;
    shift += 5;
    if (bits & 32) continue;
    numbers.push(value & 1 ? -(value >>> 1) : value >>> 1);
    value = shift = 0;
  }
  return numbers;
}

/** The opposite of `decode`. */
export function encode(numbers) {
  return numbers.map(encodeNumber).join('');
}

function encodeNumber(number) {
  let rest = number < 0 ? (-number << 1) | 1 : number << 1;
  let text = '';
  do {
    const more = rest >>> 5;
    text += digits[(rest & 31) | (more ? 32 : 0)];
    rest = more;
  } while (rest);
  return text;
}

/**
 * The map without the sources that `keep` refuses. Where one of them begins, one position without a source remains,
 * so that its stack frames name the bundle and not whatever stood before.
 */
export function reduceSourceMap(map, keep) {
  const kept = map.sources.filter(keep);
  const newIndex = new Map(kept.map((source, index) => [source, index]));
  // Where each field stood, in the old map and in the new one: segments hold differences.
  const at = [0, 0, 0, 0];
  const was = [0, 0, 0, 0];
  let unmapped = false;

  const reduceSegment = (segment) => {
    const numbers = decode(segment);
    numbers.slice(0, 4).forEach((number, field) => (at[field] += number));
    const source = newIndex.get(map.sources[at[1]]);
    if (source === undefined) {
      if (unmapped) return [];
      unmapped = true;
      const column = at[0] - was[0];
      was[0] = at[0];
      return [encode([column])];
    }
    unmapped = false;
    const now = [at[0], source, at[2], at[3]];
    const difference = now.map((number, field) => number - was[field]);
    now.forEach((number, field) => (was[field] = number));
    return [encode(difference)];
  };

  const lines = map.mappings.split(';').map((line) => {
    // The column counts anew in each line; so does the end of what has no source.
    at[0] = was[0] = 0;
    unmapped = false;
    return line === '' ? '' : line.split(',').flatMap(reduceSegment).join(',');
  });
  return { version: 3, sources: kept, names: [], mappings: lines.join(';') };
}
