import assert from 'node:assert/strict';
import {
  constants,
  createCipheriv,
  generateKeyPairSync,
  publicEncrypt,
  randomBytes,
} from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { before, describe, test } from 'node:test';
import { helmMissing } from '../../src/helm';
import { find, namesOf } from '../service/service-chart';
import { beside, refuses } from './overlay';
import { requiredSecrets } from './required-secrets';

interface SealedSecretSpec {
  encryptedData: Record<string, string>;
  template: { metadata: { name: string } };
}

/** As kubeseal does it: a session key under RSA-OAEP, its length before it, and the text under AES-GCM. */
function seal(text: string, key: KeyObject, label: string): string {
  const session = randomBytes(32);
  const padding = constants.RSA_PKCS1_OAEP_PADDING;
  const sealedKey = publicEncrypt(
    { key, padding, oaepHash: 'sha256', oaepLabel: Buffer.from(label) },
    session,
  );
  const length = Buffer.alloc(2);
  length.writeUInt16BE(sealedKey.length);
  const cipher = createCipheriv('aes-256-gcm', session, Buffer.alloc(12));
  const body = Buffer.concat([cipher.update(text), cipher.final(), cipher.getAuthTag()]);
  return Buffer.concat([length, sealedKey, body]).toString('base64');
}

describe('sealed-secrets', { skip: helmMissing() }, () => {
  let values: { service: string; secrets: Record<string, string>; migration: object };

  before(() => {
    const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 4096 });
    const sealed = (name: string) => seal('postgres://a:b@c/d', publicKey, `quayside/${name}`);
    values = {
      service: 'payments',
      secrets: {
        'database-url': sealed('payments-secrets'),
        'service-token-secret': seal('x', publicKey, 'quayside/payments-secrets'),
      },
      migration: { 'database-url': sealed('payments-migration') },
    };
  });

  const ofAuth = () => {
    const { secrets } = values;
    const more = { 'signing-keys-secret': secrets['service-token-secret']! };
    return { ...values, service: 'auth', secrets: { ...secrets, ...more } };
  };

  for (const [service, given] of [
    ['payments', () => values],
    ['auth', ofAuth],
  ] as const) {
    test(`makes the Secrets, with the keys, that the release of ${service} reads`, async () => {
      const objects = await beside('sealed-secrets', given());
      const made = namesOf(objects, 'SealedSecret').map((name) => {
        const { template, encryptedData } = find(objects, 'SealedSecret', name)
          .spec as SealedSecretSpec;
        assert.equal(template.metadata.name, name);
        return [name, Object.keys(encryptedData).sort()];
      });
      assert.deepEqual(Object.fromEntries(made), await requiredSecrets(service));
    });
  }

  test('keeps what is sealed as it is', async () => {
    const { encryptedData } = find(
      await beside('sealed-secrets', values),
      'SealedSecret',
      'payments-secrets',
    ).spec as SealedSecretSpec;
    assert.deepEqual(encryptedData, values.secrets);
  });

  test('refuses a text that is not sealed: it would stand in Git', async () => {
    const plain = { ...values.secrets, 'database-url': 'postgres://a:b@c/d' };
    await refuses('sealed-secrets', { ...values, secrets: plain }, /database-url/);
    // Neither is a text that only begins like one: less than a session key of RSA-4096 holds.
    const short = { 'database-url': `Ag${'A'.repeat(600)}` };
    await refuses('sealed-secrets', { ...values, migration: short }, /database-url/);
    const encoded = { 'database-url': Buffer.from('postgres://a:b@c/d').toString('base64') };
    await refuses('sealed-secrets', { ...values, migration: encoded }, /database-url/);
  });

  test('refuses to leave one out', async () => {
    const { 'database-url': only } = values.secrets;
    await refuses(
      'sealed-secrets',
      { service: 'payments', secrets: { 'database-url': only }, migration: values.migration },
      /service-token-secret/,
    );
    await refuses('sealed-secrets', { ...values, service: 'auth' }, /signing-keys-secret/);
  });
});
