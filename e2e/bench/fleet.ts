import type { RunningSystem } from '@quayside/dev';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { Client } from 'pg';

/** How many accounts the payments of these rows are spread over. */
export const ACCOUNTS = 10_000;

const idOf = (kind: 8 | 9) => (number: number) =>
  `00000000-0000-7000-${kind}000-${String(number).padStart(12, '0')}`;

/** Ids by the number of an account, from 1; `pgbench.ts` writes the same in SQL. */
export const userId = idOf(8);
export const accountId = idOf(9);

/** Runs statements as the owner of payments' tables. */
export async function asOwner<Row extends object>(
  { databaseUrls }: RunningSystem,
  ...statements: string[]
): Promise<Row[]> {
  const client = new Client({ connectionString: databaseUrls.payments?.owner });
  await client.connect();
  try {
    let rows: Row[] = [];
    for (const statement of statements) ({ rows } = await client.query<Row>(statement));
    return rows;
  } finally {
    await client.end();
  }
}

/** Opens empty accounts. */
export async function openAccounts(system: RunningSystem, count = ACCOUNTS): Promise<void> {
  await asOwner(
    system,
    `INSERT INTO handles (user_id, handle)
     SELECT ('00000000-0000-7000-8000-' || lpad(number::text, 12, '0'))::uuid, 'fleet' || number
     FROM generate_series(1, ${count}) AS number`,
    `INSERT INTO accounts (account_id, user_id, currency)
     SELECT overlay(user_id::text PLACING '9' FROM 20)::uuid, user_id, 'EUR' FROM handles
     WHERE handle LIKE 'fleet%'`,
  );
}

/** Gives each of them 10,000.00 EUR. */
export async function fundAccounts(system: RunningSystem): Promise<void> {
  await asOwner(
    system,
    `INSERT INTO transfers (transfer_id, debit_account_id, credit_account_id, currency, amount, kind, reference_id,
       description)
     SELECT uuidv7(), funding.account_id, accounts.account_id, 'EUR', 1000000, 'top_up', uuidv7(), 'bench'
     FROM accounts JOIN handles USING (user_id)
     JOIN accounts AS funding ON funding.system_name = 'funding' AND funding.currency = 'EUR'
     WHERE handle LIKE 'fleet%'`,
    'VACUUM ANALYZE',
  );
}

/** Publishes a key pair of this bench among those that auth has retired; auth seals its private part with its own. */
async function publishKey({ databaseUrls }: RunningSystem) {
  const { publicKey, privateKey } = await generateKeyPair('EdDSA', { extractable: true });
  const kid = 'bench';
  const named = { kid, alg: 'EdDSA', use: 'sig' };
  const [publicJwk, privateJwk] = await Promise.all([exportJWK(publicKey), exportJWK(privateKey)]);
  const client = new Client({ connectionString: databaseUrls.auth?.owner });
  await client.connect();
  try {
    await client.query(
      `INSERT INTO signing_keys (kid, public_jwk, private_jwk, status, retired_at) VALUES ($1, $2, $3, 'retired', now())`,
      [kid, { ...publicJwk, ...named }, { ...privateJwk, ...named }],
    );
  } finally {
    await client.end();
  }
  return { kid, privateKey };
}

/**
 * An access token for each account's user, signed with a key that auth publishes: as many sign-ups would take an hour,
 * and prove nothing about payments.
 */
export async function accessTokens(system: RunningSystem, count = ACCOUNTS): Promise<string[]> {
  const { kid, privateKey } = await publishKey(system);
  const sign = (number: number) =>
    new SignJWT({ scope: 'payments:write accounts:read', client_id: 'bench' })
      .setProtectedHeader({ alg: 'EdDSA', kid, typ: 'at+jwt' })
      .setIssuer('quayside')
      .setAudience('quayside')
      .setSubject(userId(number))
      .setJti(`bench-${number}`)
      .setIssuedAt()
      .setExpirationTime('1h')
      .sign(privateKey);
  return Promise.all(Array.from({ length: count }, (_, index) => sign(index + 1)));
}
