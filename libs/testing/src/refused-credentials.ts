import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { status } from '@grpc/grpc-js';
import { createServiceTokens } from '@quayside/identity';
import { SignJWT, UnsecuredJWT } from 'jose';
import { v7 } from 'uuid';
import { anyMethodOf, bearer, type Headers } from './any-method';
import type { TestTokens } from './tokens';

const claims = {
  sub: v7(),
  jti: v7(),
  iss: 'quayside',
  aud: 'quayside',
  client_id: 'quayside',
  scope: 'profile:read profile:write accounts:read payments:write activity:read ops:read ops',
};

/** A token that says everything right and is signed by a key that nobody published, under a published name. */
const byAnotherKey = (kid: string) =>
  new SignJWT(claims)
    .setProtectedHeader({ alg: 'EdDSA', typ: 'at+jwt', kid })
    .setIssuedAt()
    .setExpirationTime('10 minutes')
    .sign(generateKeyPairSync('ed25519').privateKey);

/** Whoever takes the public key for a shared secret would take this (RFC 8725, 2.1). */
const byPublicKeyAsSecret = (kid: string, x: string) =>
  new SignJWT(claims)
    .setProtectedHeader({ alg: 'HS256', typ: 'at+jwt', kid })
    .setIssuedAt()
    .setExpirationTime('10 minutes')
    .sign(Buffer.from(x, 'base64url'));

/**
 * Credentials that no method but a public one may take, by what is wrong with them. The service under test must believe
 * the key of `tokens`: else all of them would be refused for that.
 */
export async function refusedCredentials(tokens: TestTokens): Promise<Record<string, Headers>> {
  const { kid = '', x = '' } = tokens.jwks.keys[0] ?? {};
  const unsigned = new UnsecuredJWT(claims).setIssuedAt().setExpirationTime('10 minutes').encode();
  const stranger = createServiceTokens({
    secret: randomBytes(32).toString('hex'),
    service: 'gateway',
  });
  return {
    'no token': {},
    'no token behind its name': { authorization: 'Bearer' },
    'a password': { authorization: `Basic ${Buffer.from('admin:admin').toString('base64')}` },
    'another audience': bearer(await tokens.userToken({ audience: 'somebody-else' })),
    'another issuer': bearer(await tokens.userToken({ issuer: 'somebody-else' })),
    expired: bearer(await tokens.userToken({ expiresIn: -60 })),
    'no scope that anybody asks for': bearer(await tokens.userToken({ scopes: ['unheard:of'] })),
    'another key': bearer(await byAnotherKey(kid)),
    'alg none': bearer(unsigned),
    'HS256 with the public key': bearer(await byPublicKeyAsSecret(kid, x)),
    'a service token of a stranger': {
      'x-service-token': await stranger.issue('auth'),
    },
    'a service token for another service': {
      'x-service-token': await tokens.serviceTokens('gateway').issue('nobody'),
    },
    'a service token as that of a user': bearer(await stranger.issue('auth')),
    'the token of a user as that of a service': { 'x-service-token': await tokens.userToken() },
    'a service that calls nobody': {
      'x-service-token': await tokens.serviceTokens('console').issue('auth'),
    },
  };
}

/** What to walk. */
export interface Walk {
  definition: object;
  /** `host:port`. */
  address: string;
  credentials: Record<string, Headers>;
  /** Methods that anybody may call. */
  except: readonly string[];
}

const refusals = new Set<number | undefined>([status.UNAUTHENTICATED, status.PERMISSION_DENIED]);

/** Calls every method with every credential and gives what was not refused: nothing, if all is well. */
export async function walkMethods({
  definition,
  address,
  credentials,
  except,
}: Walk): Promise<string[]> {
  const methods = anyMethodOf(definition, address);
  const notRefused: string[] = [];
  for (const name of methods.names.filter((name) => !except.includes(name))) {
    for (const [what, headers] of Object.entries(credentials)) {
      const { error } = await methods.call(name, {}, headers);
      if (refusals.has(error?.code)) continue;
      notRefused.push(`${name} with ${what}: ${String(error?.code ?? 'taken')}`);
    }
  }
  methods.close();
  return notRefused;
}
