import { X509Certificate } from 'node:crypto';
import { checkServerIdentity, type PeerCertificate } from 'node:tls';
import {
  experimental,
  type ChannelCredentials,
  type ServerCredentials,
  type VerifyOptions,
} from '@grpc/grpc-js';
import { childLogger } from '@quayside/telemetry';
import { publishCertificateExpiry } from '../metrics';
import { createCertificateSource } from './certificate-source';
import { readFiles, type CertificateFiles, type Loaded } from './read-files';
import { identityOf } from './service-identity';

const log = childLogger({ component: 'rpc' });

/** Mutual TLS of one process: its own certificate, whom it trusts, and who others are. */
export interface Certificates {
  /** For a server: callers must have a certificate of the CA. */
  server: ServerCredentials;
  /** For a client of `service`: the other must prove that it is that service, or the host that was asked for. */
  client(service: string): ChannelCredentials;
  /** The service that the certificate of a verified connection names. */
  serviceOf(certificate: PeerCertificate): string | undefined;
  /** Looks at the files now; they are looked at from time to time anyhow. */
  refresh(): void;
  /** Ends looking. */
  close(): void;
}

/** Where the files are, and how often they are looked at. */
export interface CertificatesOptions extends CertificateFiles {
  /** Milliseconds between two looks at the files; default 10000. */
  refreshMs?: number;
}

const sameAs = (one: Loaded, other: Loaded) =>
  one.certificate.equals(other.certificate) &&
  one.privateKey.equals(other.privateKey) &&
  one.ca.equals(other.ca);

function announce({ own }: Loaded, message: string): void {
  publishCertificateExpiry(new Date(own.validTo));
  log.info({ service: identityOf(own)?.service, validTo: own.validTo }, message);
}

/** Calls `onChange` when the files hold another whole set; what cannot be used is left alone and said once. */
function watchFiles(files: CertificateFiles, first: Loaded, onChange: (loaded: Loaded) => void) {
  let current = first;
  let said = '';
  return () => {
    try {
      const found = readFiles(files);
      said = '';
      if (sameAs(found, current)) return;
      current = found;
      onChange(found);
    } catch (error) {
      const { message } = error as Error;
      if (message !== said) log.warn({ reason: message }, 'New certificates cannot be used yet');
      said = message;
    }
  };
}

/**
 * Reads certificate, key and CA and follows their files: new connections use what stands there, open ones go on with
 * what they began with until they are made anew. Throws when the files cannot be used, or name no service.
 */
export function openCertificates({ refreshMs = 10_000, ...files }: CertificatesOptions) {
  let current = readFiles(files);
  if (!identityOf(current.own)) {
    const advice =
      'It needs a URI spiffe://<domain>/ns/<namespace>/sa/<service>, or a common name.';
    throw new Error(`The certificate ${files.certificateFile} names no service. ${advice}`);
  }
  announce(current, 'Calls go by mutual TLS');
  const source = createCertificateSource(current);
  const refresh = watchFiles(files, current, (loaded) => {
    current = loaded;
    source.publish(loaded);
    announce(loaded, 'The certificates were changed');
  });
  const timer = setInterval(refresh, refreshMs).unref();

  function serviceOf({ raw }: PeerCertificate): string | undefined {
    const found = identityOf(new X509Certificate(raw));
    // Another namespace may have a service of the same name.
    return found?.realm === identityOf(current.own)?.realm ? found?.service : undefined;
  }

  const verify = (service: string): VerifyOptions => ({
    checkServerIdentity: (host, certificate) =>
      serviceOf(certificate) === service ? undefined : checkServerIdentity(host, certificate),
  });

  const certificates: Certificates = {
    server: experimental.createCertificateProviderServerCredentials(source, source, true),
    client: (service) =>
      experimental.createCertificateProviderChannelCredentials(source, source, verify(service)),
    serviceOf,
    refresh,
    close: () => clearInterval(timer),
  };
  return certificates;
}
