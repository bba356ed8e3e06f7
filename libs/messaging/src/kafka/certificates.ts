import { readFileSync } from 'node:fs';
import type { ConnectionOptions } from 'node:tls';

/** Files (PEM) by which a client and Kafka prove to each other who they are. */
export interface KafkaTls {
  certFile: string;
  keyFile: string;
  /** Of the CA that signed the brokers' certificates. */
  caFile: string;
}

function read(what: string, file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (cause) {
    const reason = (cause as NodeJS.ErrnoException).code ?? 'unknown';
    throw new Error(`${what} for Kafka cannot be read from ${file} (${reason}).`, { cause });
  }
}

/**
 * What the files hold now. Read for every connection, so a renewed certificate is used without a restart; kafkajs makes a
 * connection anew whenever one ends. Throws, with a sentence, when a file cannot be read.
 */
export function tlsOptions({ certFile, keyFile, caFile }: KafkaTls): ConnectionOptions {
  return {
    cert: read('The certificate', certFile),
    key: read('The key', keyFile),
    ca: read('The certificate of the CA', caFile),
  };
}
