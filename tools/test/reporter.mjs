// node:test reporter for people: one line a test, the whole error of each failure, skipped ones with why, and what a test
// says of itself (`t.diagnostic`), such as the seed by which its run can be played again. What the tests print goes to the file TEST_OUTPUT_FILE, where it is searched for secrets; TEST_OUTPUT=all shows their standard error.
import { appendFileSync } from 'node:fs';
import { inspect } from 'node:util';

const { TEST_OUTPUT_FILE: file, TEST_OUTPUT } = process.env;
const shown = TEST_OUTPUT === 'all';
const mark = (data) => (data.skip !== undefined ? '-' : '✓');
const reason = ({ skip }) =>
  skip === undefined ? '' : ` (skipped${typeof skip === 'string' ? `: ${skip}` : ''})`;

export default async function* reporter(source) {
  for await (const { type, data } of source) {
    const indent = '  '.repeat(data?.nesting ?? 0);
    if (type === 'test:pass') {
      const took = Math.round(data.details.duration_ms);
      yield `${indent}${mark(data)} ${data.name}${reason(data)} ${took} ms\n`;
    }
    if (type === 'test:fail') {
      const error = inspect(data.details.error?.cause ?? data.details.error, { depth: 5 });
      yield `${indent}✗ ${data.name}  ${data.file ?? ''}\n${error.replace(/^/gm, `${indent}    `)}\n`;
    }
    // The sums of the run are diagnostics, too, but of no file.
    if (type === 'test:diagnostic' && data.file !== undefined) yield `${indent}  ${data.message}\n`;
    if (type === 'test:stdout' || type === 'test:stderr') {
      if (file) appendFileSync(file, data.message);
      if (shown && type === 'test:stderr') yield data.message;
    }
  }
}
