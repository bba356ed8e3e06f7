import { ConfigError, readSettings } from '@quayside/config';
import { migrate } from '@quayside/database';
import { logger, setServiceName } from '@quayside/telemetry';
import type { ServiceDefinition } from './definition';
import { migrationsFolder } from './migrations';
import { migrationSettings } from './settings';

/** The role that will run the service: the one it connects as, else `<service>_app`. */
function runtimeRoleOf(name: string, databaseUrl?: string, given?: string): string {
  if (given !== undefined) return given;
  const user = databaseUrl === undefined ? '' : new URL(databaseUrl).username;
  return user === '' ? `${name}_app` : decodeURIComponent(user);
}

/**
 * Applies the service's migrations as the owner of its tables and resolves with the names of those
 * that were new. Throws a ConfigError, or what the database refused.
 */
export async function migrateService(
  definition: Pick<ServiceDefinition, 'name'>,
  env: Record<string, string | undefined> = process.env,
): Promise<string[]> {
  setServiceName(definition.name);
  const settings = readSettings(migrationSettings, env);
  logger.level = settings.LOG_LEVEL;
  const folder = migrationsFolder(settings.MIGRATIONS_FOLDER);
  if (folder === undefined) {
    throw new ConfigError(['There is no `migrations` folder beside the bundle. Build first.']);
  }
  const applied = await migrate({
    url: settings.MIGRATION_DATABASE_URL,
    folder,
    runtimeRole: runtimeRoleOf(definition.name, settings.DATABASE_URL, settings.RUNTIME_ROLE),
  });
  logger.info({ applied }, applied.length === 0 ? 'Nothing to migrate' : 'Migrated');
  return applied;
}
