import { calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, type JWK } from 'jose';
import type { SigningKey } from './access-token';

/** A fresh Ed25519 key pair, named by its thumbprint (RFC 7638). */
export async function newKeyPair(): Promise<{ kid: string; publicJwk: JWK; privateJwk: JWK }> {
  const pair = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
  const publicJwk = await exportJWK(pair.publicKey);
  const privateJwk = await exportJWK(pair.privateKey);
  return { kid: await calculateJwkThumbprint(publicJwk), publicJwk, privateJwk };
}

/** A key as it is published for verifiers. */
export function publishedJwk(kid: string, publicJwk: JWK): JWK {
  return { ...publicJwk, kid, alg: 'EdDSA', use: 'sig' };
}

/** A key ready to sign. Throws when the JWK is not an Ed25519 private key. */
export async function signingKey(kid: string, privateJwk: JWK): Promise<SigningKey> {
  const privateKey = await importJWK(privateJwk, 'EdDSA');
  if (privateKey instanceof Uint8Array) throw new Error(`Key ${kid} is not an Ed25519 key pair`);
  return { kid, privateKey };
}
