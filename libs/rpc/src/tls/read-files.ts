import { X509Certificate, createPrivateKey } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** Where the certificate of this service, its key and the certificates of those it trusts are (PEM). */
export interface CertificateFiles {
  certificateFile: string;
  keyFile: string;
  /** A bundle: while a CA is replaced it holds the old one and the new one. */
  caFile: string;
}

/** What stands in the files, found to belong together. */
export interface Loaded {
  certificate: Buffer;
  privateKey: Buffer;
  ca: Buffer;
  /** The certificate of this service itself, first of its chain. */
  own: X509Certificate;
}

function read(what: string, file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (cause) {
    const reason = (cause as NodeJS.ErrnoException).code ?? 'unknown';
    throw new Error(`${what} cannot be read from ${file} (${reason}).`, { cause });
  }
}

function parse<T>(what: string, file: string, make: () => T): T {
  try {
    return make();
  } catch (cause) {
    throw new Error(`${file} holds no ${what} (PEM).`, { cause });
  }
}

/**
 * Reads the three files. Throws, with a sentence, when one cannot be read, holds something else, or the key is not the
 * certificate's: of files that are being replaced, some may be old and some new.
 */
export function readFiles({ certificateFile, keyFile, caFile }: CertificateFiles): Loaded {
  const certificate = read('The certificate', certificateFile);
  const privateKey = read('The key', keyFile);
  const ca = read('The CA', caFile);
  const own = parse('certificate', certificateFile, () => new X509Certificate(certificate));
  const key = parse('private key', keyFile, () => createPrivateKey(privateKey));
  parse('certificate', caFile, () => new X509Certificate(ca));
  if (!own.checkPrivateKey(key)) {
    throw new Error(`${keyFile} is not the key of ${certificateFile}.`);
  }
  return { certificate, privateKey, ca, own };
}
