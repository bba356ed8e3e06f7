import type { X509Certificate } from 'node:crypto';

/** Whom a certificate was issued to. */
export interface ServiceIdentity {
  /** What vouches for the name: `spiffe://cluster.local/ns/quayside`, or nothing for a plain common name. */
  realm: string;
  /** The name of the service. */
  service: string;
}

const SPIFFE_ID = /^(spiffe:\/\/[^/]+\/ns\/[^/]+)\/sa\/([^/]+)$/;

/** The URIs of a certificate, or undefined when they cannot be told for sure. */
function urisOf({ subjectAltName = '' }: X509Certificate): string[] | undefined {
  // Node quotes names that could pass for two; an honest certificate of ours has none.
  if (subjectAltName.includes('"')) return undefined;
  const names = subjectAltName.split(', ');
  return names.filter((name) => name.startsWith('URI:')).map((name) => name.slice('URI:'.length));
}

function commonNameOf(certificate: X509Certificate): string | undefined {
  // Node's types do not know that a certificate without a subject has none.
  const { subject = '' } = certificate as { subject?: string };
  const names = subject.split('\n').filter((line) => line.startsWith('CN='));
  const [name = ''] = names;
  return names.length === 1 && /^CN=[a-z][a-z0-9-]*$/.test(name) ? name.slice(3) : undefined;
}

/**
 * The service that a verified certificate was issued to: by its SPIFFE ID `spiffe://<trust domain>/ns/<namespace>/sa/
 * <service>`, the one and only URI it has (SPIFFE X.509-SVID, 2); one without any URI by its common name. Undefined when
 * it names none.
 */
export function identityOf(certificate: X509Certificate): ServiceIdentity | undefined {
  const uris = urisOf(certificate);
  if (uris === undefined || uris.length > 1) return undefined;
  const [uri] = uris;
  if (uri === undefined) {
    const service = commonNameOf(certificate);
    return service === undefined ? undefined : { realm: '', service };
  }
  const [, realm, service] = SPIFFE_ID.exec(uri) ?? [];
  return realm === undefined || service === undefined ? undefined : { realm, service };
}
