import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { IExternalSecret } from '@kubernetes-models/external-secrets/external-secrets.io/v1beta1/ExternalSecret';
import { helmMissing } from '../../src/helm';
import { find, namesOf } from '../service/service-chart';
import { beside, refuses } from './overlay';
import { requiredSecrets } from './required-secrets';

const values = { service: 'payments', prefix: 'quayside/staging' };
type Spec = NonNullable<IExternalSecret['spec']>;

describe('external-secrets', { skip: helmMissing() }, () => {
  const more = ['signing-keys-secret'];
  for (const given of [values, { ...values, service: 'auth', properties: { more } }]) {
    test(`makes the Secrets, with the keys, that the release of ${given.service} reads`, async () => {
      const objects = await beside('external-secrets', given);
      const made = namesOf(objects, 'ExternalSecret').map((name) => {
        const { target, data } = find(objects, 'ExternalSecret', name).spec as Spec;
        assert.equal(target?.name, name);
        return [name, data!.map(({ secretKey }) => secretKey).sort()];
      });
      assert.deepEqual(Object.fromEntries(made), await requiredSecrets(given.service));
    });
  }

  test('fetches them from where the store has them', async () => {
    const objects = await beside('external-secrets', values);
    const refs = namesOf(objects, 'ExternalSecret').flatMap((name) =>
      (find(objects, 'ExternalSecret', name).spec as Spec).data!.map(
        ({ secretKey, remoteRef }) =>
          `${name}/${secretKey} = ${remoteRef.key}#${remoteRef.property}`,
      ),
    );
    assert.deepEqual(refs.sort(), [
      'payments-migration/database-url = quayside/staging/payments#migration-database-url',
      'payments-secrets/database-url = quayside/staging/payments#database-url',
      'payments-secrets/service-token-secret = quayside/staging/service-token#value',
    ]);
  });

  test('asks the store that it is told to', async () => {
    const store = { kind: 'SecretStore', name: 'own' };
    const objects = await beside('external-secrets', { ...values, store });
    const { secretStoreRef } = find(objects, 'ExternalSecret', 'payments-secrets').spec as Spec;
    assert.deepEqual(secretStoreRef, store);
  });

  test('refuses what cannot work', async () => {
    await refuses('external-secrets', { service: 'payments' }, /prefix/);
    await refuses('external-secrets', { ...values, prefix: '/quayside/' }, /prefix/);
    await refuses('external-secrets', { ...values, store: { kind: 'Secret' } }, /kind/);
  });
});
