import { existsSync, readFileSync } from 'node:fs';
import {
  baseSettings,
  baseSettingsFor,
  migrationSettings,
  topicSettings,
  type ServiceDefinition,
} from '@quayside/chassis';
import type { z } from 'zod';
import { inRepository } from './repository';

/** Settings by name, each with the type that checks it. */
export type Shape = Readonly<Record<string, z.ZodType>>;

/** What the telemetry library reads before there are settings: the table of its README. */
export const telemetrySettings: readonly string[] = [
  ...readFileSync(inRepository('libs/telemetry/README.md'), 'utf8').matchAll(/^\| `([A-Z_]+)`/gm),
].map(([, name = '']) => name);

const isShape = (value: unknown): value is Shape =>
  typeof value === 'object' &&
  value !== null &&
  Object.values(value).every((it) => typeof it === 'object');

/** The settings of an app's own: what its `src/config.ts` exports. Empty where there is no such file. */
async function ownSettings(app: string): Promise<Shape> {
  const file = inRepository(`apps/${app}/src/config.ts`);
  if (!existsSync(file)) return {};
  // By path: a tool knows no app by name, so a further app is checked without a change here.
  const exported = Object.values((await import(file)) as Record<string, unknown>);
  return Object.assign({}, ...exported.filter(isShape)) as Shape;
}

/** What every service has, but for the parts that the app says it does without. */
async function sharedSettings(app: string): Promise<Shape> {
  const file = inRepository(`apps/${app}/src/service.ts`);
  if (!existsSync(file)) return baseSettings;
  const { service } = (await import(file)) as { service: Pick<ServiceDefinition, 'without'> };
  return baseSettingsFor(service.without ?? []);
}

/** The settings that an app reads as a service. */
export async function serviceSettingsOf(app: string): Promise<Shape> {
  return { ...(await sharedSettings(app)), ...(await ownSettings(app)) };
}

/** The names of all that an app's program reads: as a service, as `migrate`, as `topics`, and for its telemetry. */
export async function settingNamesOf(app: string): Promise<string[]> {
  const shapes = [await serviceSettingsOf(app), migrationSettings, topicSettings];
  return [...new Set([...shapes.flatMap((shape) => Object.keys(shape)), ...telemetrySettings])];
}
