import { ConfigError } from '@quayside/config';
import { openCertificates } from '@quayside/rpc';
import type { Certificates } from '@quayside/rpc';
import type { BaseSettings } from './settings';

/** The certificates of mutual TLS between services, when they are set. Throws a ConfigError when they cannot be used. */
export function certificatesOf(settings: BaseSettings): Certificates | undefined {
  const certificateFile = settings.TLS_CERT_FILE;
  const keyFile = settings.TLS_KEY_FILE;
  const caFile = settings.TLS_CA_FILE;
  if (certificateFile === undefined && keyFile === undefined && caFile === undefined)
    return undefined;
  if (certificateFile === undefined || keyFile === undefined || caFile === undefined) {
    const names = 'TLS_CERT_FILE, TLS_KEY_FILE and TLS_CA_FILE';
    throw new ConfigError([`${names} belong together. Set all of them or none.`]);
  }
  try {
    return openCertificates({ certificateFile, keyFile, caFile });
  } catch (error) {
    throw new ConfigError([(error as Error).message]);
  }
}
