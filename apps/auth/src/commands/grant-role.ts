import { baseSettings } from '@quayside/chassis';
import { readSettings } from '@quayside/config';
import { openDatabase } from '@quayside/database';
import { normaliseEmail } from '../domain/email';
import { isRole, roles } from '../domain/roles';
import { setRole } from '../store/identities';

const USAGE = `Usage: grant-role <e-mail> <${roles.join('|')}>`;

/**
 * `grant-role <e-mail> <role>`: gives an identity a role; its tokens have the scopes from the next sign-in or refresh on.
 * Needs auth's own `DATABASE_URL`. Answers a sentence that says what was done; throws one for an unknown role or address.
 */
export async function grantRoleCommand(
  args: string[],
  env: NodeJS.ProcessEnv = process.env,
): Promise<string> {
  const [email, role, ...more] = args;
  if (!email || !isRole(role) || more.length > 0) throw new Error(USAGE);
  const { DATABASE_URL } = readSettings({ DATABASE_URL: baseSettings.DATABASE_URL.unwrap() }, env);
  const database = openDatabase({ url: DATABASE_URL, applicationName: 'auth grant-role', max: 1 });
  try {
    if (await setRole(database, normaliseEmail(email), role)) {
      return `${email} is ${role} from the next sign-in or refresh on.`;
    }
    throw new Error(`Nobody has registered with ${email}.`);
  } finally {
    await database.close();
  }
}
