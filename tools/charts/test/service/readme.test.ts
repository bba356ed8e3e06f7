import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { parse } from 'yaml';
import { staleReadmes, valueRows } from '../../src/readme';
import { inRepository } from '../../src/repository';

const SCHEMA = 'helm/charts/service/values.schema.json';

test("the charts' READMEs are what their values.yaml say", () => {
  assert.deepEqual(staleReadmes(false), [], 'run: node --import tsx tools/charts/src/readme.ts');
});

test('a row has path, default and meaning; a comment of a map covers what is in it', () => {
  const text = [
    'image:',
    '  # An ordinary remark.',
    '  # -- Which one; `a` or',
    '  # b.',
    "  tag: ''",
    '# -- Added.',
    'pod:',
    '  labels: {}',
    '# -- How many.',
    'replicas: 2',
  ].join('\n');
  assert.deepEqual(valueRows(text), [
    { path: 'image.tag', default: '', meaning: 'Which one; `a` or b.' },
    { path: 'pod', default: '{"labels":{}}', meaning: 'Added.' },
    { path: 'replicas', default: '2', meaning: 'How many.' },
  ]);
});

test('a value without a meaning is refused by name', () => {
  assert.throws(() => valueRows('a:\n  # no dashes\n  b: 1\n'), /a\.b has no meaning/);
});

interface Schema {
  properties?: Record<string, Schema>;
  $ref?: string;
  $defs?: Record<string, Schema>;
  additionalProperties?: unknown;
}

test('schema and values name the same things', () => {
  const schema = JSON.parse(readFileSync(inRepository(SCHEMA), 'utf8')) as Schema;
  const text = readFileSync(inRepository('helm/charts/service/values.yaml'), 'utf8');
  const values: unknown = parse(text);
  const resolved = ({ $ref, ...rest }: Schema): Schema =>
    $ref === undefined ? rest : (schema.$defs?.[$ref.replace('#/$defs/', '')] ?? {});
  const compare = (value: unknown, given: Schema, path: string): void => {
    const { properties, additionalProperties } = resolved(given);
    if (properties === undefined) return;
    assert.equal(additionalProperties, false, `${path} is open`);
    const names = Object.keys(value ?? {});
    const known = Object.keys(properties).filter((name) => name !== 'global');
    // The call graph is another file's; its own keys have no default here.
    if (path !== '.callGraph') assert.deepEqual(names.sort(), known.sort(), path);
    for (const name of names) {
      compare((value as Record<string, unknown>)[name], properties[name] ?? {}, `${path}.${name}`);
    }
  };
  compare(values, schema, '');
});
