import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';

/** Encrypts what must be readable again and yet not by who reads the database. */
export interface Seal {
  /** Encrypts for one purpose (`signing key abc`): what is sealed for another does not open. */
  close(plain: Buffer, purpose: string): Buffer;
  /** Decrypts. Throws when nothing that is set opens it: another key, another purpose, or changed bytes. */
  open(sealed: Buffer, purpose: string): Buffer;
  /** Whether it was closed with the current key; else it should be closed again. */
  isCurrent(sealed: Buffer): boolean;
  /** How everything begins that is closed with the current key, to look for what does not. */
  head: Buffer;
}

// One byte of version, four that name the key, the nonce, the tag, the rest.
const VERSION = 1;
const KEY_NAME_BYTES = 4;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const HEAD_BYTES = 1 + KEY_NAME_BYTES;

interface SealingKey {
  name: Buffer;
  key: Buffer;
}

/** RFC 5869: 256 bits out of a secret that is long enough to be random, whatever its letters are. */
function sealingKey(secret: string): SealingKey {
  const key = Buffer.from(hkdfSync('sha256', secret, '', 'quayside auth seal', 32));
  const name = createHash('sha256').update(key).digest().subarray(0, KEY_NAME_BYTES);
  return { name, key };
}

// The head and the purpose are authenticated as well: neither can be exchanged.
const bound = (head: Buffer, purpose: string) => Buffer.concat([head, Buffer.from(purpose)]);

/**
 * A seal by AES-256-GCM. Closes with `secret`; opens what was closed with it or with `previous`, so that the secret can be
 * changed while replicas with the old one still run.
 */
export function createSeal(secret: string, previous?: string): Seal {
  const current = sealingKey(secret);
  const known = [current, ...(previous === undefined ? [] : [sealingKey(previous)])];
  const keyOf = (sealed: Buffer) =>
    known.find(({ name }) => name.equals(sealed.subarray(1, HEAD_BYTES)));
  const head = Buffer.concat([Buffer.of(VERSION), current.name]);
  return {
    head,
    close(plain, purpose) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', current.key, nonce);
      cipher.setAAD(bound(head, purpose));
      const body = Buffer.concat([cipher.update(plain), cipher.final()]);
      return Buffer.concat([head, nonce, cipher.getAuthTag(), body]);
    },
    open(sealed, purpose) {
      const found = sealed[0] === VERSION ? keyOf(sealed) : undefined;
      if (!found || sealed.length < HEAD_BYTES + NONCE_BYTES + TAG_BYTES) {
        throw new Error(
          `The ${purpose} was sealed with another secret. ` +
            'Set it as SIGNING_KEYS_SECRET or SIGNING_KEYS_PREVIOUS_SECRET.',
        );
      }
      const body = sealed.subarray(HEAD_BYTES);
      const nonce = body.subarray(0, NONCE_BYTES);
      const tag = body.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES);
      const decipher = createDecipheriv('aes-256-gcm', found.key, nonce, {
        authTagLength: TAG_BYTES,
      });
      decipher.setAAD(bound(sealed.subarray(0, HEAD_BYTES), purpose)).setAuthTag(tag);
      const sealedText = body.subarray(NONCE_BYTES + TAG_BYTES);
      return Buffer.concat([decipher.update(sealedText), decipher.final()]);
    },
    isCurrent: (sealed) => head.equals(sealed.subarray(0, HEAD_BYTES)),
  };
}
