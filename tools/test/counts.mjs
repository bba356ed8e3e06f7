// node:test reporter: one JSON object with how many tests passed, failed and were skipped.
export default async function* counts(source) {
  const total = { passed: 0, failed: 0, skipped: 0 };
  for await (const { type, data } of source) {
    // A suite is not a test, and a file that node:test reports as one is counted by its tests.
    if (data?.details?.type === 'suite') continue;
    if (type === 'test:pass') total[data.skip !== undefined ? 'skipped' : 'passed'] += 1;
    if (type === 'test:fail') total.failed += 1;
  }
  yield `${JSON.stringify(total)}\n`;
}
