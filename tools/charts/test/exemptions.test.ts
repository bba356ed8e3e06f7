import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fits, judge, type Exemption } from '../src/exemptions';
import type { Rule } from '../src/hardening/rule';
import type { Installation } from '../src/installation';

test('a star stands for any text', () => {
  for (const [pattern, text] of [
    ['Deployment/auth', 'Deployment/auth'],
    ['*', 'anything'],
    ['StatefulSet/postgres-*', 'StatefulSet/postgres-auth'],
    ['*/auth*green', 'Job/auth-migrate-green'],
  ] as const)
    assert.ok(fits(pattern, text), `${pattern} ${text}`);
  for (const [pattern, text] of [
    ['Deployment/auth', 'Deployment/auth-blue'],
    ['a*a', 'a'],
    ['*/auth*green', 'Job/users-green'],
  ] as const)
    assert.ok(!fits(pattern, text), `${pattern} ${text}`);
});

const rule: Rule = {
  id: 'tidy',
  title: '',
  alsoIn: '',
  environments: ['production'],
  check: () => [
    { object: 'Job/a', container: 'one', message: 'is untidy' },
    { object: 'Job/a', container: 'two', message: 'is untidy' },
  ],
};
const installation = (environment: Installation['environment']): Installation => ({
  name: environment,
  environment,
  objects: [],
  operated: [],
});
const exempt = (more: Partial<Exemption>): Exemption => ({
  rule: 'tidy',
  object: 'Job/*',
  reason: 'a test',
  ...more,
});

test('what is exempt is not broken, and the exemption counts as used', async () => {
  const exemption = exempt({ container: 'one' });
  const { broken, used } = await judge(rule, [installation('production')], [exemption]);
  assert.deepEqual(broken, ['Job/a, container two: is untidy (production)']);
  assert.deepEqual([...used], [exemption]);
});

test('an exemption for something else is not used', async () => {
  const others = [
    exempt({ rule: 'neat' }),
    exempt({ object: 'Job/b' }),
    exempt({ message: '*very untidy' }),
    exempt({ environments: ['local'] }),
  ];
  const { broken, used } = await judge(rule, [installation('production')], others);
  assert.equal(broken.length, 2);
  assert.equal(used.size, 0);
});

test('a rule is judged where it holds', async () => {
  assert.deepEqual((await judge(rule, [installation('local')], [])).broken, []);
});
