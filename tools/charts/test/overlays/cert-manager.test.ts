import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { ICertificate } from '@kubernetes-models/cert-manager/cert-manager.io/v1/Certificate';
import type { IIssuer } from '@kubernetes-models/cert-manager/cert-manager.io/v1/Issuer';
import { helmMissing } from '../../src/helm';
import { servicesIn } from '../../src/matrix';
import { deployment, find, namesOf, settingsOf } from '../service/service-chart';
import { beside, refuses, withOverlays } from './overlay';

type CertificateSpec = NonNullable<ICertificate['spec']>;
type IssuerSpec = IIssuer['spec'];

const certificateOf = async (name: string, values = {}) =>
  find(await beside('cert-manager', values), 'Certificate', name).spec as CertificateSpec;

describe('cert-manager', { skip: helmMissing() }, () => {
  test('every service has a certificate that says who it is, for both ends of a call', async () => {
    const objects = await beside('cert-manager');
    const names = namesOf(objects, 'Certificate').filter((name) => name !== 'quayside-mtls-ca');
    assert.deepEqual(
      names,
      servicesIn('production')
        .map((service) => `${service}-tls`)
        .sort(),
    );
    for (const service of servicesIn('production')) {
      const { uris, usages } = await certificateOf(`${service}-tls`);
      // libs/rpc takes this form, and only as the one URI of the certificate.
      assert.deepEqual(uris, [`spiffe://quayside.local/ns/quayside/sa/${service}`]);
      assert.ok(usages?.includes('server auth') && usages.includes('client auth'));
    }
  });

  test('it is for the names under which the service is called', async () => {
    const { dnsNames } = await certificateOf('payments-tls');
    const settings = settingsOf(await withOverlays('gateway', ['cert-manager']), 'gateway');
    const called = settings.PAYMENTS_ADDRESS!.replace('dns:///', '').split(':')[0]!;
    assert.ok(dnsNames?.includes(called), `${called} is none of ${dnsNames?.join(', ')}`);
  });

  test('it is in the Secret that the release of the service mounts, under the files of its settings', async () => {
    for (const service of servicesIn('production')) {
      const objects = await withOverlays(service, ['cert-manager']);
      const pod = deployment(objects, service).template.spec!;
      const { secretName } = await certificateOf(`${service}-tls`);
      const volume = pod.volumes!.find(({ secret }) => secret?.secretName === secretName);
      assert.ok(volume, `${service} does not mount ${secretName}`);
      const mount = pod.containers[0]!.volumeMounts!.find(({ name }) => name === volume.name)!;
      // A file by subPath would never be renewed.
      assert.equal(mount.subPath, undefined);
      const settings = settingsOf(objects, service);
      // The keys that cert-manager writes.
      assert.equal(settings.TLS_CERT_FILE, `${mount.mountPath}/tls.crt`);
      assert.equal(settings.TLS_KEY_FILE, `${mount.mountPath}/tls.key`);
      assert.equal(settings.TLS_CA_FILE, `${mount.mountPath}/ca.crt`);
    }
  });

  test('the CA is made by itself, signs for the services, and keeps its key', async () => {
    const objects = await beside('cert-manager');
    const ca = await certificateOf('quayside-mtls-ca');
    assert.equal(ca.isCA, true);
    assert.equal(ca.privateKey?.rotationPolicy, 'Never');
    const root = find(objects, 'Issuer', ca.issuerRef.name).spec as IssuerSpec;
    assert.deepEqual(root, { selfSigned: {} });
    const { issuerRef } = await certificateOf('payments-tls');
    const issuer = find(objects, 'Issuer', issuerRef.name).spec as IssuerSpec;
    assert.equal(issuer.ca?.secretName, ca.secretName);
  });

  test('takes an issuer that is there instead', async () => {
    const issuer = { name: 'company', kind: 'ClusterIssuer', group: 'cert-manager.io' };
    const values = { ca: { create: false }, issuer };
    assert.deepEqual(namesOf(await beside('cert-manager', values), 'Issuer'), []);
    assert.deepEqual((await certificateOf('payments-tls', values)).issuerRef, issuer);
    await refuses('cert-manager', { issuer }, /set ca\.create=false to use that one/);
  });

  test('refuses what cannot work', async () => {
    await refuses('cert-manager', { services: [] }, /services/);
    await refuses('cert-manager', { duration: 'a day' }, /duration/);
    await refuses('cert-manager', { trustDomain: 'Quayside/x' }, /trustDomain/);
  });
});
