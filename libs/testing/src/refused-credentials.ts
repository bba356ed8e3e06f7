import { createSecretKey, generateKeyPairSync, randomBytes } from 'node:crypto';
import { fromGrpcError, type ErrorCode } from '@quayside/errors';
import { createServiceTokens } from '@quayside/identity';
import { SignJWT, UnsecuredJWT } from 'jose';
import { v7 } from 'uuid';
import { anyMethodOf, bearer, type Headers } from './any-method';
import { everyScope, type TestTokens } from './tokens';

/** Credentials, and the codes by which a method may refuse them. */
interface Refused {
  headers: Headers;
  codes: readonly ErrorCode[];
}

const claims = {
  sub: v7(),
  sid: v7(),
  jti: v7(),
  iss: 'quayside',
  aud: 'quayside',
  client_id: 'quayside',
  scope: everyScope.join(' '),
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

/** The same claims, with the header that says who signed them and that nobody did. */
function unsigned(token: UnsecuredJWT, header: object): string {
  const [, payload = ''] = token.encode().split('.');
  const named = Buffer.from(JSON.stringify({ ...header, alg: 'none' })).toString('base64url');
  return `${named}.${payload}.`;
}

const unsignedUserToken = (kid: string) =>
  unsigned(new UnsecuredJWT(claims).setIssuedAt().setExpirationTime('10 minutes'), {
    typ: 'at+jwt',
    kid,
  });

/** The gateway's, a minute after its end. */
const endedServiceToken = (secret: string, service: string) => {
  const now = Math.floor(Date.now() / 1000);
  return new SignJWT()
    .setProtectedHeader({ alg: 'HS256', typ: 'quayside-service+jwt' })
    .setIssuer('gateway')
    .setAudience(service)
    .setIssuedAt(now - 120)
    .setExpirationTime(now - 60)
    .sign(createSecretKey(Buffer.from(secret)));
};

const unsignedServiceToken = (service: string) =>
  unsigned(
    new UnsecuredJWT()
      .setIssuer('gateway')
      .setAudience(service)
      .setIssuedAt()
      .setExpirationTime('5 minutes'),
    { typ: 'quayside-service+jwt' },
  );

const fromService = (token: string): Headers => ({ 'x-service-token': token });

const unproven = (headers: Headers): Refused => ({ headers, codes: ['unauthenticated'] });

/** Proven to be somebody who may not do this; a method of the other kind says that nothing is proven. */
const somebodyElse = (headers: Headers): Refused => ({
  headers,
  codes: ['forbidden', 'unauthenticated'],
});

/**
 * Credentials that no method of `service` but a public one may take, by the one thing that is wrong with them: they have
 * every scope, or the audience of the service, or both. The service must believe the key of `tokens`.
 */
async function refusedCredentials(
  tokens: TestTokens,
  service: string,
): Promise<Record<string, Refused>> {
  const { kid = '', x = '' } = tokens.jwks.keys[0] ?? {};
  const user = (wrong: Parameters<TestTokens['userToken']>[0]) =>
    tokens.userToken({ scopes: everyScope, ...wrong });
  const secret = randomBytes(32).toString('hex');
  const stranger = createServiceTokens({ secret, service: 'gateway' });
  const gateway = tokens.serviceTokens('gateway');
  const { SERVICE_TOKEN_SECRET } = tokens.env;
  return {
    'no token': unproven({}),
    'no token behind its name': unproven({ authorization: 'Bearer' }),
    'a password': unproven({
      authorization: `Basic ${Buffer.from('admin:admin').toString('base64')}`,
    }),
    'another audience': unproven(bearer(await user({ audience: 'somebody-else' }))),
    'another issuer': unproven(bearer(await user({ issuer: 'somebody-else' }))),
    expired: unproven(bearer(await user({ expiresIn: -60 }))),
    'no scope that anybody asks for': somebodyElse(bearer(await user({ scopes: ['unheard:of'] }))),
    'another key': unproven(bearer(await byAnotherKey(kid))),
    'alg none': unproven(bearer(unsignedUserToken(kid))),
    'HS256 with the public key': unproven(bearer(await byPublicKeyAsSecret(kid, x))),
    'a service token of a stranger': unproven(fromService(await stranger.issue(service))),
    'a service token for another service': unproven(fromService(await gateway.issue('nobody'))),
    'a service token that has ended': unproven(
      fromService(await endedServiceToken(SERVICE_TOKEN_SECRET, service)),
    ),
    'an unsigned service token': unproven(fromService(unsignedServiceToken(service))),
    'a service token as that of a user': unproven(bearer(await gateway.issue(service))),
    'the token of a user as that of a service': unproven(fromService(await user({}))),
    'a service that calls nobody': somebodyElse(
      fromService(await tokens.serviceTokens('console').issue(service)),
    ),
  };
}

/** What to walk. */
export interface Walk {
  definition: object;
  /** Its short name: the audience of the tokens by which services call it. */
  service: string;
  /** `host:port`. */
  address: string;
  tokens: TestTokens;
  /** Methods that anybody may call. */
  except: readonly string[];
}

/** How a method answered: the code of its error, and the words; nothing when it was done. */
interface Answer {
  code?: ErrorCode;
  words?: string;
}

/**
 * Calls every method with every credential that is not to be taken, and with one that is: whoever is let in gets another
 * answer. Gives what was not refused: nothing, if all is well.
 */
export async function walkMethods({
  definition,
  service,
  address,
  tokens,
  except,
}: Walk): Promise<string[]> {
  const methods = anyMethodOf(definition, address);
  const refused = await refusedCredentials(tokens, service);
  const good = {
    ...bearer(await tokens.userToken({ scopes: everyScope })),
    ...fromService(await tokens.serviceTokens('gateway').issue(service)),
  };
  const ask = async (name: string, headers: Headers): Promise<Answer> => {
    const { error } = await methods.call(name, {}, headers);
    return error ? { code: fromGrpcError(error).code, words: error.details } : {};
  };
  const notRefused: string[] = [];
  for (const name of methods.names.filter((name) => !except.includes(name))) {
    const letIn = await ask(name, good);
    for (const [what, { headers, codes }] of Object.entries(refused)) {
      const { code, words } = await ask(name, headers);
      if (code && codes.includes(code) && words !== letIn.words) continue;
      notRefused.push(`${name} with ${what}: ${code ?? 'taken'}, ${words ?? ''}`);
    }
  }
  methods.close();
  return notRefused;
}
