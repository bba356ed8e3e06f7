import type { experimental } from '@grpc/grpc-js';
import type { Loaded } from './read-files';

type Provider = experimental.CertificateProvider;
type CaListener = experimental.CaCertificateUpdateListener;
type IdentityListener = experimental.IdentityCertificateUpdateListener;

/** Gives certificates to grpc-js, and new ones when there are. */
export interface CertificateSource extends Provider {
  publish(loaded: Loaded): void;
}

/**
 * grpc-js's own FileWatcherCertificateProvider reads each file for itself: in the middle of a change it can hand out a
 * key and a certificate that do not belong together, and the server then drops every new connection until the next look
 * (grpc-js 1.14, server.ts). This one is only ever given whole sets.
 */
export function createCertificateSource(first: Loaded): CertificateSource {
  let current = first;
  const caListeners = new Set<CaListener>();
  const identityListeners = new Set<IdentityListener>();
  const tellCa = (listener: CaListener) => listener({ caCertificate: current.ca });
  const tellIdentity = (listener: IdentityListener) => {
    const { certificate, privateKey } = current;
    listener({ certificate, privateKey });
  };
  return {
    publish(loaded) {
      current = loaded;
      caListeners.forEach(tellCa);
      identityListeners.forEach(tellIdentity);
    },
    addCaCertificateListener(listener) {
      caListeners.add(listener);
      // Not at once: the server begins to listen to its credentials only after this call.
      process.nextTick(tellCa, listener);
    },
    removeCaCertificateListener: (listener) => void caListeners.delete(listener),
    addIdentityCertificateListener(listener) {
      identityListeners.add(listener);
      process.nextTick(tellIdentity, listener);
    },
    removeIdentityCertificateListener: (listener) => void identityListeners.delete(listener),
  };
}
