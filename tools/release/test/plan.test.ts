import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { imagesFor, imagesOfBuild, imagesToPromote, servicesOf, writeImages } from '../src/plan';
import { releasePath } from '../src/release-file';

const image = (letter: string) => ({
  tag: letter.repeat(40),
  digest: `sha256:${letter.repeat(64)}`,
});
const rolling = (letter: string) =>
  `image:\n  tag: ${image(letter).tag}\n  digest: ${image(letter).digest}\n`;

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'quayside-plan-'));
  for (const environment of ['staging', 'production']) {
    await mkdir(join(root, 'helm/releases', environment), { recursive: true });
  }
});
afterEach(() => rm(root, { recursive: true, force: true }));

const write = (environment: string, service: string, text: string) =>
  writeFile(releasePath(root, environment, service), text);

test('promotes exactly what differs, callers after those they call', async () => {
  for (const service of ['gateway', 'auth', 'users']) {
    await write('staging', service, rolling('a'));
    await write('production', service, rolling(service === 'users' ? 'a' : 'b'));
  }
  const images = await imagesToPromote(root, 'staging', 'production');
  assert.deepEqual([...images.keys()], ['auth', 'gateway']);
  assert.deepEqual(images.get('auth'), image('a'));
});

test('takes the image of the colour that has the traffic', async () => {
  const { tag, digest } = image('c');
  const green = `release:\n  strategy: blueGreen\n  activeColor: green\n  colors:\n    blue: { replicas: 2, tag: old }\n    green: { replicas: 2, tag: ${tag}, digest: '${digest}' }\n`;
  await write('staging', 'payments', green);
  await write('production', 'payments', rolling('b'));
  const images = await imagesToPromote(root, 'staging', 'production');
  assert.deepEqual(images.get('payments'), image('c'));
});

test('what the pipeline has never built is not promoted', async () => {
  await write('staging', 'auth', 'image:\n  tag: 0.1.0\n');
  await write('production', 'auth', 'image:\n  tag: 0.0.9\n');
  assert.equal((await imagesToPromote(root, 'staging', 'production')).size, 0);
});

test('a service that comes later is released before the gateway', async () => {
  for (const service of ['gateway', 'card-processor', 'auth']) {
    await write('staging', service, rolling('a'));
  }
  assert.deepEqual(await servicesOf(root, 'staging'), ['auth', 'card-processor', 'gateway']);
});

test('images of a build are read and checked', async () => {
  const folder = join(root, 'images');
  await mkdir(folder);
  await writeFile(join(folder, 'gateway.json'), JSON.stringify(image('d')));
  await writeFile(join(folder, 'auth.json'), JSON.stringify(image('d')));
  assert.deepEqual([...(await imagesOfBuild(folder)).keys()], ['auth', 'gateway']);
  await writeFile(join(folder, 'users.json'), '{"tag":"main; rm -rf /","digest":"sha256:1"}');
  await assert.rejects(imagesOfBuild(folder), /users: .* is not a commit's image/);
});

test('an image that the environment has no release file for is not released there', async () => {
  await write('staging', 'auth', rolling('a'));
  const built = new Map([
    ['auth', image('d')],
    ['card-processor', image('d')],
  ]);
  assert.deepEqual([...(await imagesFor(root, 'staging', built)).keys()], ['auth']);
});

test('what a plan writes is what is released, whatever staging runs by then', async () => {
  await write('staging', 'auth', rolling('a'));
  await write('production', 'auth', rolling('b'));
  const folder = join(root, 'planned');
  await writeImages(folder, await imagesToPromote(root, 'staging', 'production'));
  await write('staging', 'auth', rolling('c'));
  assert.deepEqual([...(await imagesOfBuild(folder))], [['auth', image('a')]]);
});
