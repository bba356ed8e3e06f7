import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { missingCommands } from '../src/commands';
import { environments, services, servicesIn } from '../src/matrix';
import { appLists, buildProblems, missingStages, unverified, verifiedLate } from '../src/pipelines';
import { inRepository, isInRepository, repository } from '../src/repository';
import { readYaml } from '../src/values';
import { workflowFiles } from '../src/workflows';
import { nothing } from './nothing';

const textOf = (file: string) => readFileSync(inRepository(file), 'utf8');

const OTHERS = ['docs/ci/.gitlab-ci.yml', 'docs/ci/Jenkinsfile'];
const PIPELINES: Record<string, string> = {
  'GitHub Actions': workflowFiles().map(textOf).join('\n'),
  ...Object.fromEntries(OTHERS.map((file) => [file, textOf(file)])),
};

describe('the pipelines', () => {
  for (const [name, text] of Object.entries(PIPELINES)) {
    test(`${name}: every stage that the others have`, () => {
      nothing(missingStages(text));
    });
    test(`${name}: what it runs is there`, () => {
      nothing(missingCommands(text));
    });
  }

  test('one build is pushed, and its digest is started, scanned and signed', () => {
    for (const file of ['.github/workflows/release.yml', ...OTHERS])
      nothing(buildProblems(textOf(file)), file);
  });

  test('nothing goes to production whose signature was not verified', () => {
    nothing(unverified(textOf('.github/workflows/promote.yml')));
    for (const file of OTHERS) assert.equal(verifiedLate(textOf(file)), false, file);
  });

  test('every list of apps that is kept by hand has every service', () => {
    const lists: Record<string, number> = {
      '.github/workflows/release.yml': 1,
      '.github/scripts/affected-apps.sh': 1,
      'docs/ci/.gitlab-ci.yml': 1,
      'docs/ci/Jenkinsfile': 2,
    };
    for (const [file, number] of Object.entries(lists)) {
      const found = appLists(textOf(file));
      assert.equal(found.length, number, `lists in ${file}`);
      for (const names of found) assert.deepEqual([...names].sort(), services(), file);
    }
    // What is released in an order of its own.
    const [order = []] = appLists(textOf('tools/release/src/plan.ts'));
    assert.deepEqual([...order].sort(), servicesIn('production'));
  });
});

describe('the registry is one setting', () => {
  const { image } = readYaml('helm/charts/service/values.yaml') as { image: { registry: string } };

  test('the pipelines read what the charts say', () => {
    const script = inRepository('.github/scripts/registry.sh');
    const said = execFileSync('bash', [script], { cwd: repository, encoding: 'utf8' });
    assert.equal(said, `${image.registry}\n`);
    for (const file of [
      '.github/workflows/release.yml',
      '.github/workflows/promote.yml',
      '.github/scripts/verify-images.sh',
      ...OTHERS,
    ]) {
      assert.match(textOf(file), /bash \.github\/scripts\/registry\.sh/, file);
      assert.doesNotMatch(textOf(file), /ghcr\.io\/quayside|vars\.REGISTRY/, file);
    }
  });

  test('no service, environment or release names another', () => {
    const files = [
      ...services().map((name) => `helm/values/${name}.yaml`),
      ...environments().flatMap((environment) => [
        `helm/values/env/${environment}.yaml`,
        ...services().map((name) => `helm/releases/${environment}/${name}.yaml`),
      ]),
    ].filter(isInRepository);
    for (const file of files) {
      const { image: own = {} } = readYaml(file) as { image?: object };
      assert.ok(!('registry' in own), file);
    }
  });
});

describe('the rules for pipelines', () => {
  const good = [
    'docker buildx build --push .',
    'bash .github/scripts/start-image.sh "$REGISTRY/$APP@$digest"',
    'trivy image "$REGISTRY/$APP@$digest"',
    'cosign sign --yes "$REGISTRY/$APP@$digest"',
  ];
  const [build = '', start = '', scan = '', sign = ''] = good;

  test('let a good build be', () => {
    assert.deepEqual(buildProblems(good.join('\n')), []);
  });

  const bad: [what: string, lines: string[], said: RegExp][] = [
    ['a second build', [...good, build], /pushed in 2 places/],
    ['a scan of something else', [build, start, 'trivy image "$APP:check"', sign], /not scanned/],
    ['a start before the push', [start, build, scan, sign], /not started/],
    ['a signature before the scan', [build, start, sign, scan], /not signed in its turn/],
  ];
  for (const [what, lines, said] of bad)
    test(`notice ${what}`, () => {
      assert.match(buildProblems(lines.join('\n')).join('\n'), said);
    });

  test('notice a promotion that verifies nothing, or in a job that it does not wait for', () => {
    const promote = textOf('.github/workflows/promote.yml');
    assert.match(
      unverified(promote.replace('verify-images.sh', 'start-image.sh')).join(),
      /nobody/,
    );
    assert.match(unverified(promote.replace('    needs: plan\n', '')).join(), /nobody/);
    assert.equal(verifiedLate('deploy --to production\nverify-images.sh images --key k '), true);
    assert.equal(verifiedLate('deploy --to production'), true);
  });

  test('notice a stage that is gone', () => {
    const without = textOf('docs/ci/Jenkinsfile').replaceAll('semgrep', 'nothing');
    assert.deepEqual(missingStages(without), ['a search for faults in the code']);
  });
});
