import { baseSettings } from '@quayside/chassis';
import { readSettings } from '@quayside/config';
import { openDatabase } from '@quayside/database';
import { settings } from '../config';
import { createSeal } from '../domain/seal';
import { rotationTimes } from '../domain/rotation';
import { replaceKeys, rotateKeys, type RotationStep } from '../store/rotate-keys';

const USAGE = 'Usage: rotate-keys [--now]';

function sentence({ published, activated, removed }: RotationStep): string {
  const parts = [
    published && `key ${published} is published and signs in about five minutes`,
    activated && `key ${activated} signs from now on`,
    removed.length > 0 && `removed: ${removed.join(', ')}`,
  ].filter(Boolean);
  return parts.join('; ') || 'a next key is published already; it signs when it is due';
}

/**
 * `rotate-keys`: publishes the next signing key, which the running service lets sign when it is due. With
 * `--now` every key is replaced at once, for keys that somebody else may know. Needs auth's own
 * `DATABASE_URL` and `SIGNING_KEYS_SECRET`. Answers a sentence that says what was done; throws on any other argument.
 */
export async function rotateKeysCommand(
  args: string[],
  env: NodeJS.ProcessEnv = process.env,
): Promise<string> {
  if (args.some((arg) => arg !== '--now')) throw new Error(USAGE);
  const read = readSettings(
    {
      DATABASE_URL: baseSettings.DATABASE_URL.unwrap(),
      ACCESS_TOKEN_SECONDS: settings.ACCESS_TOKEN_SECONDS,
      SIGNING_KEYS_SECRET: settings.SIGNING_KEYS_SECRET,
      SIGNING_KEYS_PREVIOUS_SECRET: settings.SIGNING_KEYS_PREVIOUS_SECRET,
    },
    env,
  );
  const { DATABASE_URL, ACCESS_TOKEN_SECONDS } = read;
  const seal = createSeal(read.SIGNING_KEYS_SECRET, read.SIGNING_KEYS_PREVIOUS_SECRET);
  const database = openDatabase({ url: DATABASE_URL, applicationName: 'auth rotate-keys', max: 2 });
  try {
    const step = args.includes('--now')
      ? await replaceKeys(database, seal)
      : await rotateKeys(database, seal, rotationTimes(ACCESS_TOKEN_SECONDS), 0);
    return sentence(step);
  } finally {
    await database.close();
  }
}
