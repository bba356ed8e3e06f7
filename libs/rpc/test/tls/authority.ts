import { generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';
import { mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync, mkdirSync } from 'node:fs';
import { isIPv4 } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as der from './der';

/** What a certificate says. */
export interface Subject {
  commonName?: string;
  /** Names and IPv4 addresses. */
  hosts?: string[];
  uris?: string[];
  notAfter?: Date;
}

/** A certificate and its key, PEM. */
export interface Issued {
  certificate: string;
  key: string;
}

const ECDSA_SHA256 = der.sequence(der.identifier('1.2.840.10045.4.3.2'));

const nameOf = (commonName?: string) =>
  der.sequence(
    ...(commonName === undefined
      ? []
      : [der.set(der.sequence(der.identifier('2.5.4.3'), der.text(commonName)))]),
  );

function alternativeNames({ hosts = [], uris = [] }: Subject): Buffer[] {
  if (hosts.length + uris.length === 0) return [];
  const names = [
    ...hosts.map((host) =>
      isIPv4(host)
        ? der.implicit(7, Buffer.from(host.split('.').map(Number)))
        : der.implicit(2, Buffer.from(host)),
    ),
    ...uris.map((uri) => der.implicit(6, Buffer.from(uri))),
  ];
  return [der.sequence(der.identifier('2.5.29.17'), der.octets(der.sequence(...names)))];
}

const basicConstraints = (isAuthority: boolean) =>
  der.sequence(
    der.identifier('2.5.29.19'),
    der.yes(),
    der.octets(der.sequence(...(isAuthority ? [der.yes()] : []))),
  );

interface ToSign {
  subject: Subject;
  publicKey: KeyObject;
  issuer: string;
  isAuthority: boolean;
}

/** An X.509 certificate (RFC 5280, 4.1), PEM. */
function certify({ subject, publicKey, issuer, isAuthority }: ToSign, signer: KeyObject): string {
  const signed = der.sequence(
    der.tagged(0, der.integer(Buffer.from([2]))),
    der.integer(Buffer.concat([Buffer.from([1]), randomBytes(15)])),
    ECDSA_SHA256,
    nameOf(issuer),
    der.sequence(
      der.time(new Date(Date.now() - 60_000)),
      der.time(subject.notAfter ?? new Date(Date.now() + 3_600_000)),
    ),
    nameOf(subject.commonName),
    publicKey.export({ type: 'spki', format: 'der' }),
    der.tagged(3, der.sequence(basicConstraints(isAuthority), ...alternativeNames(subject))),
  );
  const whole = der.sequence(signed, ECDSA_SHA256, der.bits(sign('sha256', signed, signer)));
  const lines = whole.toString('base64').match(/.{1,64}/g) ?? [];
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
}

const newKeys = () => generateKeyPairSync('ec', { namedCurve: 'P-256' });

/** A certificate authority of a test. */
export function createAuthority(name = 'test authority') {
  const keys = newKeys();
  const own = { subject: { commonName: name }, publicKey: keys.publicKey, isAuthority: true };
  return {
    certificate: certify({ ...own, issuer: name }, keys.privateKey),
    issue(subject: Subject): Issued {
      const { privateKey, publicKey } = newKeys();
      const toSign = { subject, publicKey, issuer: name, isAuthority: false };
      const key = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
      return { certificate: certify(toSign, keys.privateKey), key };
    },
  };
}

export type Authority = ReturnType<typeof createAuthority>;

/** A folder as Kubernetes mounts it: all files are exchanged at once, behind a link. */
export function createMount({ certificate, key }: Issued, ca: string) {
  const folder = mkdtempSync(join(tmpdir(), 'quayside-tls-'));
  let version = 0;
  const file = (name: string) => join(folder, 'data', name);
  function replace(issued: Issued, bundle: string): void {
    version += 1;
    const fresh = join(folder, `v${version}`);
    mkdirSync(fresh);
    writeFileSync(join(fresh, 'tls.crt'), issued.certificate);
    writeFileSync(join(fresh, 'tls.key'), issued.key);
    writeFileSync(join(fresh, 'ca.crt'), bundle);
    symlinkSync(fresh, join(folder, 'next'));
    renameSync(join(folder, 'next'), join(folder, 'data'));
  }
  replace({ certificate, key }, ca);
  return {
    certificateFile: file('tls.crt'),
    keyFile: file('tls.key'),
    caFile: file('ca.crt'),
    replace,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
