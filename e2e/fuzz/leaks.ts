/** What only the inside of a program knows, and no customer has a use for. */
const inside: [kind: string, pattern: RegExp][] = [
  ['a stack trace', /\bat .{1,200}:\d+:\d+|\bat (async )?[\w.<>]+ \(/],
  [
    'a file path',
    /node_modules|\b(dist|src)\/[\w-]+|\/(home|root|usr|app|tmp|var)\/|\w\.[cm]?[jt]s\b/,
  ],
  ['SQL', /\b(select\b.+\bfrom|insert into|update\b.+\bset|delete from|returning)\b/i],
  [
    'a message of PostgreSQL',
    /\b(relation|column|constraint|syntax error|invalid input syntax|byte sequence|duplicate key|deadlock|out of range for type)\b/i,
  ],
  ['an error of the network', /\bE(CONN|NOT|HOST|TIMED)[A-Z]+\b|127\.0\.0\.1:\d+/],
];

/** What an answer tells of the inside; what the request said itself is no news. Undefined when nothing. */
export function leakIn(answer: string, said: string): string | undefined {
  for (const [kind, pattern] of inside) {
    const found = pattern.exec(answer)?.[0];
    if (found !== undefined && !said.includes(found)) return `${kind}: ${found}`;
  }
  return undefined;
}
