import assert from 'node:assert/strict';

const SHOWN = 25;

/** Fails when there are problems, and shows them one a line. */
export function nothing(problems: readonly string[], hint = ''): void {
  if (problems.length === 0) return;
  const more = problems.length > SHOWN ? [`and ${problems.length - SHOWN} more`] : [];
  const lines = [...problems.slice(0, SHOWN), ...more].map((line) => `  - ${line}`);
  assert.fail([`${problems.length} problems${hint && `: ${hint}`}`, ...lines].join('\n'));
}
