import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse, parseDocument, type Document } from 'yaml';

/** An image that was built and pushed: the digest decides what runs, the tag is for people. */
export interface Image {
  tag: string;
  digest: string;
}

export type Strategy = 'rolling' | 'blueGreen' | 'canary';
export type Color = 'blue' | 'green';

/** The part of a release file that a release changes; helm/charts/service/values.yaml explains the values. */
export interface ReleaseValues {
  image?: Partial<Image>;
  release?: {
    strategy?: Strategy;
    activeColor?: Color;
    colors?: Partial<Record<Color, Partial<Image> & { replicas?: number }>>;
    canary?: Partial<Image> & { replicas?: number; weight?: number };
  };
}

/** Where helm/releases says what runs of a service in an environment. */
export const releasePath = (root: string, environment: string, service: string): string =>
  join(root, 'helm/releases', environment, `${service}.yaml`);

/** The values of a release file. Throws when there is none. */
export async function readRelease(path: string): Promise<ReleaseValues> {
  return (parse(await readFile(path, 'utf8')) ?? {}) as ReleaseValues;
}

/** How a service is released: its file decides. */
export const strategyOf = ({ release }: ReleaseValues): Strategy => release?.strategy ?? 'rolling';

/** What runs: the image that gets the traffic. */
export function runningImage(values: ReleaseValues): Partial<Image> {
  const { release, image = {} } = values;
  if (strategyOf(values) !== 'blueGreen') return image;
  return release?.colors?.[release.activeColor ?? 'blue'] ?? {};
}

/** One value to set, by its path; `undefined` removes it. */
export type Change = [path: string[], value: string | number | undefined];

/** Changes values of a YAML text and leaves its comments and everything else as they are. */
export function changeYaml(text: string, changes: Change[]): string {
  const document: Document = parseDocument(text);
  for (const [path, value] of changes) {
    if (value === undefined) document.deleteIn(path);
    else document.setIn(path, value);
  }
  return document.toString({ lineWidth: 0 });
}

/** Writes changes to a release file. */
export async function changeRelease(path: string, changes: Change[]): Promise<void> {
  await writeFile(path, changeYaml(await readFile(path, 'utf8'), changes));
}
