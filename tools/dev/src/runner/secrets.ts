import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { elsewhere } from '../postgres/placement';

/** What is made at the first start and kept in `.data/secrets.json`. */
export interface Secrets {
  /** Password of the cluster's superuser. */
  postgres: string;
  /** Passwords by role name. */
  roles: Record<string, string>;
  /** SERVICE_TOKEN_SECRET of all services. */
  serviceToken: string;
  /** Our key at the card processor. */
  cardProcessorKey: string;
  /** By which the card processor signs its webhooks. */
  cardWebhooks: string;
  /** SIGNING_KEYS_SECRET of auth. */
  signingKeys: string;
}

/**
 * Reads the secrets and adds what is missing for these roles. The file can be read by its owner only. Throws
 * when it is gone although there is a cluster, which then nobody can open.
 */
export function ensureSecrets(file: string, roles: string[], cluster: string): Secrets {
  if (!existsSync(file) && (existsSync(cluster) || existsSync(elsewhere(cluster)))) {
    throw new Error(
      `${file} is missing, and with it the passwords of the data in ${cluster}. ` +
        'Put it back, or begin empty with: npm start -- --reset',
    );
  }
  const known = existsSync(file) ? readSecrets(file) : undefined;
  const secrets: Secrets = {
    postgres: known?.postgres ?? secret(),
    roles: { ...known?.roles },
    serviceToken: known?.serviceToken ?? secret(),
    cardProcessorKey: known?.cardProcessorKey ?? secret(),
    cardWebhooks: known?.cardWebhooks ?? secret(),
    signingKeys: known?.signingKeys ?? secret(),
  };
  for (const role of roles) secrets.roles[role] ??= secret();
  const text = `${JSON.stringify(secrets, null, 2)}\n`;
  writeFileSync(`${file}.new`, text, { mode: 0o600 });
  renameSync(`${file}.new`, file);
  return secrets;
}

/** The secrets of a data folder. Throws when there are none. */
export function readSecrets(file: string): Secrets {
  return JSON.parse(readFileSync(file, 'utf8')) as Secrets;
}

function secret(): string {
  return randomBytes(24).toString('base64url');
}
