import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { commandProblems } from '../src/commands';
import { inRepository } from '../src/repository';
import {
  actionFiles,
  actionlint,
  actionProblems,
  workflowFiles,
  workflowProblems,
} from '../src/workflows';
import { nothing } from './nothing';

const SHA = 'a'.repeat(40);
const workflow = (step: string, more = '') => `
on: { push: {} }
permissions: { contents: read }
concurrency: ci
jobs:
  a:
    runs-on: ubuntu-latest
    timeout-minutes: 5
    ${more}
    steps:
      - ${step}
`;

describe('the workflows', () => {
  for (const file of workflowFiles()) {
    test(`${file} keeps our rules`, () => {
      nothing(workflowProblems(readFileSync(inRepository(file), 'utf8')));
    });
    test(`${file} runs what there is, with what that needs`, () => {
      nothing(commandProblems(readFileSync(inRepository(file), 'utf8')));
    });
    test(`${file} is clean for actionlint`, async () => {
      nothing(await actionlint(file));
    });
  }
  for (const file of actionFiles())
    test(`${file} keeps our rules`, () => {
      nothing(actionProblems(readFileSync(inRepository(file), 'utf8')));
    });
});

describe('the rules for workflows', () => {
  test('let a good one be', () => {
    assert.deepEqual(workflowProblems(workflow(`uses: a/b@${SHA} # v1.2.3`)), []);
    assert.deepEqual(workflowProblems(workflow('uses: ./.github/actions/setup')), []);
    const checkout = `uses: actions/checkout@${SHA} # v5\n        with: { persist-credentials: true }`;
    const pushes = workflow(checkout, 'permissions: { contents: write }');
    const elsewhere = pushes.replace('push: {}', "push: { paths-ignore: ['helm/releases/**'] }");
    assert.deepEqual(workflowProblems(elsewhere), []);
    assert.match(workflowProblems(workflow(checkout)).join(), /keeps the token/);
  });

  const bad: [what: string, text: string, said: RegExp][] = [
    ['an action by tag', workflow('uses: a/b@v4'), /not pinned by a commit/],
    ['a commit without its version', workflow(`uses: a/b@${SHA}`), /which version this is/],
    ['a title in a script', workflow('run: echo ${{ github.event.issue.title }}'), /into a script/],
    ['a branch in a script', workflow('run: git switch ${{ github.head_ref }}'), /into a script/],
    ['an input in a script', workflow('run: echo ${{ inputs.version }}'), /into a script/],
    ['the token left behind', workflow(`uses: actions/checkout@${SHA} # v5`), /keeps the token/],
    ['no timeout', workflow('run: a').replace('timeout-minutes: 5', ''), /no timeout-minutes/],
    [
      'rights for all jobs',
      workflow('run: a').replace('contents: read', 'contents: write'),
      /grants/,
    ],
    ['no rights said', workflow('run: a').replace('permissions: { contents: read }', ''), /grants/],
    [
      'a push that starts itself',
      workflow('run: git push', 'permissions: { contents: write }'),
      /runs on what it writes/,
    ],
    ['no concurrency', workflow('run: a').replace('concurrency: ci', ''), /concurrency/],
  ];
  for (const [what, text, said] of bad)
    test(`notice ${what}`, () => {
      assert.match(workflowProblems(text).join('\n'), said);
    });
});

describe('what workflows run', () => {
  test('a nightly test with its images, tag and time is let be', () => {
    const night = workflow(
      'run: bash .github/scripts/load-images.sh\n      - run: npm run test:cluster',
      'env: { IMAGE_TAG: night }',
    );
    assert.deepEqual(commandProblems(night.replace('minutes: 5', 'minutes: 120')), []);
    assert.match(commandProblems(night).join(), /less than 90 minutes/);
  });

  const bad: [what: string, step: string, said: RegExp][] = [
    ['a script that is not there', 'run: bash .github/scripts/nothing.sh', /nothing\.sh, which is/],
    [
      'a program that is not there',
      'run: node --import tsx e2e/x/main.ts',
      /x\/main\.ts, which is/,
    ],
    ['an npm script that is not there', 'run: npm run --silent nothing', /nothing, which is/],
    ['a cluster test without a tag', 'run: npm run test:cluster', /without IMAGE_TAG/],
    ['a cluster test without images', 'run: IMAGE_TAG=a npm run test:cluster', /no images/],
    [
      'journeys that go nowhere',
      'run: node --import tsx e2e/smoke/main.ts',
      /without QUAYSIDE_URL/,
    ],
  ];
  for (const [what, step, said] of bad)
    test(`notice ${what}`, () => {
      assert.match(commandProblems(workflow(step)).join('\n'), said);
    });
});
