import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { helmMissing } from '../../src/helm';
import type { Environment } from '../../src/render';
import type { Values } from '../../src/values';
import { find, podOf, rendered, settingsOf } from './service-chart';

/** What a service is given of the card processor: its address, the files of its keys, and the keys of the Secret. */
async function givenOf(service: string, environment: Environment, more: Values = {}) {
  const image = { tag: '1.2.3' };
  const objects = await rendered(service, { image, release: ROLLING, ...more }, environment);
  const { containers, volumes } = podOf(objects, service);
  const secret = volumes!.find(({ name }) => name === 'secrets')!.secret!;
  return {
    url: settingsOf(objects, service).CARD_PROCESSOR_URL,
    files: containers[0]!.env!.map(({ name }) => name).filter((name) => name.startsWith('CARD_')),
    keys: secret.items!.map(({ key }) => key).filter((key) => key.startsWith('card-')),
    policy: JSON.stringify(find(objects, 'NetworkPolicy', service).spec),
  };
}

const ROLLING = {
  strategy: 'rolling',
  activeColor: '',
  consumersIn: '',
  colors: { blue: { replicas: 0 }, green: { replicas: 0 } },
  canary: { replicas: 0, weight: null },
};
const SIDES = [
  ['payments', 'CARD_PROCESSOR_API_KEY_FILE', 'card-processor-api-key'],
  ['gateway', 'CARD_PROCESSOR_WEBHOOK_SECRET_FILE', 'card-processor-webhook-secret'],
] as const;

describe('a node that an environment may leave out', { skip: helmMissing() }, () => {
  for (const environment of ['local', 'ci'] as const) {
    test(`${environment} has it: both sides have its keys, and a way to each other`, async () => {
      for (const [service, file, key] of SIDES) {
        const { files, keys, policy } = await givenOf(service, environment);
        assert.deepEqual([files, keys], [[file], [key]]);
        assert.match(policy, /"app.kubernetes.io\/name":"card-processor"/);
      }
      const { url } = await givenOf('payments', environment);
      assert.equal(url, 'http://card-processor.quayside.svc:8080');
    });
  }

  for (const environment of ['staging', 'production'] as const) {
    test(`${environment} has none: no key that is missing keeps a pod from starting`, async () => {
      for (const [service] of SIDES) {
        const { url, files, keys, policy } = await givenOf(service, environment);
        assert.deepEqual([url, files, keys], [undefined, [], []]);
        assert.doesNotMatch(policy, /card-processor/);
      }
    });
  }

  test('the company that it stands for takes its place by its address, and has no way in but the edge', async () => {
    const cidr = '192.0.2.0/24';
    const company = { absent: false, url: 'https://api.cards.example', port: 443, calls: [] };
    const callGraph = { nodes: { 'card-processor': { ...company, at: [{ ipBlock: { cidr } }] } } };
    const payments = await givenOf('payments', 'production', { callGraph });
    assert.equal(payments.url, 'https://api.cards.example');
    assert.deepEqual(payments.keys, ['card-processor-api-key']);
    assert.ok(payments.policy.includes(`"to":[{"ipBlock":{"cidr":"${cidr}"}}]`), payments.policy);
    const gateway = await givenOf('gateway', 'production', { callGraph });
    assert.deepEqual(gateway.keys, ['card-processor-webhook-secret']);
    assert.ok(!gateway.policy.includes(cidr), gateway.policy);
  });
});
