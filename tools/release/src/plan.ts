import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { readRelease, releasePath, runningImage, type Image } from './release-file';

/** Callers after those they call: a new call is answered by the time somebody makes it. */
const order = ['auth', 'users', 'payments', 'gateway'];

const rank = (service: string) => {
  const index = order.indexOf(service);
  return index === -1 ? order.length - 1.5 : index;
};

/** Services of an environment, in the order in which they are released. */
export async function servicesOf(root: string, environment: string): Promise<string[]> {
  const files = await readdir(join(root, 'helm/releases', environment));
  return files
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => file.replace(/\.yaml$/, ''))
    .sort((one, other) => rank(one) - rank(other));
}

const isImage = ({ tag, digest }: Partial<Image>): boolean =>
  /^[0-9a-f]{40}$/.test(tag ?? '') && /^sha256:[0-9a-f]{64}$/.test(digest ?? '');

/** Throws unless tag and digest have the form that the build gives them: they end up in commits and queries. */
export function checkImage(service: string, { tag = '', digest = '' }: Partial<Image>): Image {
  if (!isImage({ tag, digest })) {
    throw new Error(
      `${service}: "${tag}@${digest}" is not a commit's image (tag 40 hex, digest sha256).`,
    );
  }
  return { tag, digest };
}

/** What runs in one environment and differs from what runs in another: the promotion's work. */
export async function imagesToPromote(
  root: string,
  from: string,
  to: string,
): Promise<Map<string, Image>> {
  const images = new Map<string, Image>();
  for (const service of await servicesOf(root, from)) {
    const image = runningImage(await readRelease(releasePath(root, from, service)));
    // Never built by the pipeline (the repository's first state): there is no digest to promote.
    if (image.digest === undefined) continue;
    const there = runningImage(await readRelease(releasePath(root, to, service)));
    if (there.digest !== image.digest) images.set(service, checkImage(service, image));
  }
  return images;
}

/** Images of a build, from files `<service>.json` with tag and digest that the build jobs leave. */
export async function imagesOfBuild(folder: string): Promise<Map<string, Image>> {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.json'));
  const images = await Promise.all(
    files.map(async (file) => {
      const service = file.replace(/\.json$/, '');
      const image = JSON.parse(await readFile(join(folder, file), 'utf8')) as Partial<Image>;
      return [service, checkImage(service, image)] as const;
    }),
  );
  return new Map(images.sort(([one], [other]) => rank(one) - rank(other)));
}

/** Of these images those that the environment has a release file for; the others are built for clusters of one's own. */
export async function imagesFor(
  root: string,
  environment: string,
  images: Map<string, Image>,
): Promise<Map<string, Image>> {
  const services = await servicesOf(root, environment);
  return new Map([...images].filter(([service]) => services.includes(service)));
}

/** Writes images as `imagesOfBuild` reads them: what was looked at and approved is exactly what is released. */
export async function writeImages(folder: string, images: Map<string, Image>): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const [service, image] of images) {
    await writeFile(join(folder, `${service}.json`), `${JSON.stringify(image)}\n`);
  }
}

/** Replicas that an environment gives a service. */
export async function replicasOf(root: string, environment: string): Promise<number> {
  const text = await readFile(join(root, 'helm/values/env', `${environment}.yaml`), 'utf8');
  const { replicas } = parse(text) as { replicas?: number };
  return replicas ?? 2;
}
