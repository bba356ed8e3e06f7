// node:test reporter for people: one line a test, the whole error of each failure, skipped ones with why.
import { inspect } from 'node:util';

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
    if (type === 'test:stderr' && process.env.TEST_OUTPUT === 'all') yield data.message;
  }
}
