import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import type { IServiceSpec } from 'kubernetes-models/v1/ServiceSpec';
import { chartFolders } from '../src/charts';
import { helmMissing, runHelm } from '../src/helm';
import { createLimit } from '../src/limit';
import { allRenderings } from '../src/install';
import { parseManifests } from '../src/manifest';
import { chartFolder, valuesArguments, type Rendering } from '../src/render';
import { inRepository, isInRepository } from '../src/repository';
import { specOf } from '../src/workload';
import { nothing } from './nothing';

const limit = createLimit(2);

/** What the notes of a rendering name and the objects do not have. */
async function wrongNotes(rendering: Rendering): Promise<string[]> {
  const { chart, release, namespace = 'quayside' } = rendering;
  const { exitCode, stdout, stderr } = await runHelm([
    ...['install', release, chartFolder(chart), '--dry-run=client', '--namespace', namespace],
    ...valuesArguments(rendering),
  ]);
  if (exitCode !== 0) return [`${release}: ${stderr}`];
  const [, manifests = '', notes = ''] = /^MANIFEST:\n(.*)^NOTES:\n(.*)/ms.exec(stdout) ?? [];
  if (notes.trim() === '') return [`${release}: the notes are empty`];
  const ports = new Set(
    parseManifests(manifests, release)
      .filter(({ kind }) => kind === 'Service')
      .flatMap((service) =>
        (specOf<IServiceSpec>(service).ports ?? []).map(
          ({ port }) => `${service.metadata.name} ${port}`,
        ),
      ),
  );
  return [...notes.matchAll(/svc\/([\w-]+) (?:\d+:)?(\d+)/g)]
    .map(([, name = '', port = '']) => `${name} ${port}`)
    .filter((named) => !ports.has(named))
    .map((named) => `${release}: the notes name port ${named}, which is not there`);
}

describe('helm', { skip: helmMissing() }, () => {
  test('lint --strict is content with every chart with the values of every combination', async () => {
    const renderings = allRenderings();
    assert.ok(renderings.length > 20);
    const problems = await Promise.all(
      renderings.map((rendering) =>
        limit(async () => {
          const folder = chartFolder(rendering.chart);
          const namespace = rendering.namespace ?? 'quayside';
          const { exitCode, stdout, stderr } = await runHelm([
            ...['lint', folder, '--strict', '--quiet', '--namespace', namespace],
            ...valuesArguments(rendering),
          ]);
          return exitCode === 0 ? [] : [`${folder}, ${rendering.release}: ${stdout}${stderr}`];
        }),
      ),
    );
    nothing(problems.flat());
  });

  test('the notes after an installation name Services and ports that are there', async () => {
    const renderings = allRenderings().filter(
      ({ chart, env }) =>
        isInRepository(join(chartFolder(chart), 'templates/NOTES.txt')) &&
        (env === undefined || env === 'local' || env === 'production'),
    );
    assert.ok(renderings.length > 5);
    const problems = await Promise.all(
      renderings.map((rendering) => limit(() => wrongNotes(rendering))),
    );
    nothing(problems.flat());
  });

  for (const folder of chartFolders()) {
    test(`${folder} has a schema that refuses what it does not know`, async () => {
      const schema = join(folder, 'values.schema.json');
      assert.ok(isInRepository(schema), `${schema} is not there`);
      const { additionalProperties } = JSON.parse(readFileSync(inRepository(schema), 'utf8')) as {
        additionalProperties?: boolean;
      };
      assert.equal(additionalProperties, false);
      const { exitCode, stderr } = await runHelm([
        'template',
        'x',
        folder,
        '--set',
        'noSuchValue=1',
      ]);
      assert.notEqual(exitCode, 0);
      assert.match(stderr, /additional properties 'noSuchValue' not allowed/);
    });
  }
});
