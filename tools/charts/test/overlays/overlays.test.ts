import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { before, describe, test } from 'node:test';
import { judge, readExemptions } from '../../src/exemptions';
import { checklist } from '../../src/hardening/checklist';
import { helmMissing, runHelm } from '../../src/helm';
import type { Installation } from '../../src/installation';
import { wrongSettings } from '../../src/links/settings';
import type { Manifest } from '../../src/manifest';
import { servicesIn } from '../../src/matrix';
import { checkModels } from '../../src/models/check-models';
import { render } from '../../src/render';
import { inRepository } from '../../src/repository';
import { nothing } from '../nothing';
import { EXAMPLES, type Example } from './examples';
import { besideRendering, folderOf, refused, serviceValuesOf, withOverlays } from './overlay';

const overlays = readdirSync(inRepository('helm/overlays'), { withFileTypes: true })
  // `enabled` says which are on where.
  .filter((entry) => entry.isDirectory() && entry.name !== 'enabled')
  .map(({ name }) => name);
const withServiceValues = overlays.filter((name) =>
  existsSync(inRepository(serviceValuesOf(name))),
);

const textOf = (path: string) => readFileSync(inRepository(path), 'utf8');
const renderExample = ({ overlay, values, files }: Example) =>
  render(besideRendering(overlay, values, files));

describe('every overlay', { skip: helmMissing() }, () => {
  let objects: Manifest[] = [];

  before(async () => {
    objects = (await Promise.all(EXAMPLES.map(renderExample))).flat();
  });

  test('has an example here, a chart that lint likes, and a page that says what is to be known', async () => {
    assert.deepEqual([...new Set(EXAMPLES.map(({ overlay }) => overlay))].sort(), overlays);
    for (const overlay of overlays) {
      const readme = textOf(`${folderOf(overlay)}/README.md`);
      for (const part of ['When not', 'Install', 'See that it works', 'Remove', 'Not run'])
        assert.match(readme, new RegExp(`^## ${part}`, 'm'), `${overlay}: README.md, ## ${part}`);
      assert.ok(textOf('helm/overlays/README.md').includes(`(${overlay}/README.md)`), overlay);
    }
    for (const { overlay, values, files = [] } of EXAMPLES) {
      const given = files.flatMap((file) => ['--values', file]);
      const set = [
        '--set-json',
        ...Object.entries(values).map(([k, v]) => `${k}=${JSON.stringify(v)}`),
      ];
      const sets = set.slice(1).flatMap((each) => ['--set-json', each]);
      const { exitCode, stdout, stderr } = await runHelm([
        ...['lint', '--strict', folderOf(overlay), ...given, ...sets],
      ]);
      assert.equal(exitCode, 0, `${overlay}: ${stdout}${stderr}`);
    }
  });

  test('names the service in every command of its page that installs it beside one', () => {
    for (const overlay of overlays) {
      const commands = textOf(`${folderOf(overlay)}/README.md`)
        .replaceAll('\\\n', ' ')
        .split('\n')
        .filter((line) => line.includes('helm upgrade'));
      assert.ok(commands.length > 0, overlay);
      for (const command of commands) {
        const files = [...command.matchAll(/-f (\S+)/g)].map(([, file]) => file!);
        for (const file of files)
          assert.ok(existsSync(inRepository(file)), `${overlay}: ${file} is not there`);
        assert.match(command, /helm upgrade --install \S+ helm\/(charts\/service|overlays\/\S+) /);
      }
    }
  });

  test('refuses values that it does not know', async () => {
    for (const { overlay, values, files } of EXAMPLES)
      await refused(besideRendering(overlay, { ...values, servise: 'x' }, files), /servise/);
  });

  test('says of each object whose it is and where', () => {
    for (const { kind, metadata } of objects) {
      assert.ok(metadata.namespace, `${kind}/${metadata.name} has no namespace`);
      assert.equal(metadata.labels?.['app.kubernetes.io/part-of'], 'quayside');
    }
  });

  test('has the same labels, and the meshes the same reading of the call graph', () => {
    const labels = overlays.map((name) => textOf(`${folderOf(name)}/templates/_labels.tpl`));
    assert.equal(new Set(labels).size, 1);
    const callers = ['istio', 'linkerd'].map((mesh) =>
      textOf(`${folderOf(mesh)}/templates/_callers.tpl`),
    );
    assert.equal(callers[0], callers[1]);
  });

  test('makes objects that fit the schema and the type of their kind', async () => {
    // Which entries of its lists are needed is asked over everything that is installed: test/charts.test.ts.
    const { problems, objects: checked } = await checkModels(objects);
    nothing(problems);
    assert.ok(checked > 20);
  });
});

/** Rules that say nothing here: the number of replicas, or the pods of a policy, are not among these objects. */
const ELSEWHERE: Record<string, string[]> = {
  'argo-rollouts': ['two-replicas', 'selectors'],
  keda: ['two-replicas', 'selectors'],
  'log-shipping': ['selectors'],
};

async function findingsOf(overlay: string | undefined): Promise<string[]> {
  const chosen = overlay === undefined ? [] : [overlay];
  const released = await Promise.all(
    servicesIn('production').map((name) => withOverlays(name, chosen)),
  );
  const examples = EXAMPLES.filter((example) => example.overlay === overlay);
  const beside = await Promise.all(examples.map(renderExample));
  const installation: Installation = {
    name: 'production',
    environment: 'production',
    objects: [...released, ...beside].flat(),
    operated: [],
  };
  const exemptions = readExemptions();
  const judged = checklist.map(async (rule) => {
    if (ELSEWHERE[overlay ?? '']?.includes(rule.id)) return [];
    const { broken } = await judge(rule, [installation], exemptions);
    return broken.map((finding) => `${rule.id}: ${finding}`);
  });
  const settings = await wrongSettings(installation);
  return [
    ...(await Promise.all(judged)).flat(),
    ...settings.map(({ object, message }) => `settings: ${object}: ${message}`),
  ];
}

describe('every service with an overlay', { skip: helmMissing() }, () => {
  let without: string[] = [];

  before(async () => {
    without = await findingsOf(undefined);
  });

  for (const overlay of withServiceValues)
    test(`${overlay}: no rule of the checklist is broken by it, and every setting is known`, async () => {
      const findings = await findingsOf(overlay);
      nothing(findings.filter((finding) => !without.includes(finding)));
    });
});
