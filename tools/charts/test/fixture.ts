import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Installation } from '../src/installation';
import { parseManifests, type Manifest } from '../src/manifest';
import { madeByOperators } from '../src/operators';

const FILE = join(__dirname, 'fixtures/good.yaml');

function read(): Manifest[] {
  // Anchors are of one document: the parts are joined to a list before they are read.
  const items = readFileSync(FILE, 'utf8')
    .split('\n---\n')
    .map((part) => `- ${part.replaceAll('\n', '\n  ')}`)
    .join('\n');
  const [list] = parseManifests(`apiVersion: v1\nkind: List\nmetadata: {}\nitems:\n${items}`, FILE);
  return list!.items as Manifest[];
}

const good = read();

/** A copy of the installation in `fixtures/good.yaml`, which keeps every rule. */
export function goodInstallation(): Installation {
  // Each by itself: what an anchor shares in the file is not shared here.
  const objects = good.map((object) => JSON.parse(JSON.stringify(object)) as Manifest);
  return { name: 'good', environment: 'production', objects, operated: madeByOperators(objects) };
}

/** Sets the value at a path such as `spec/containers/0/image` (`~1`: a slash in a key); `undefined` takes it away. */
export function put(tree: object, path: string, value: unknown): void {
  const keys = path.split('/').map((key) => key.replaceAll('~1', '/'));
  const last = keys.pop()!;
  let place = tree as Record<string, unknown>;
  for (const key of keys) place = (place[key] ??= {}) as Record<string, unknown>;
  if (value === undefined) Reflect.deleteProperty(place, last);
  else place[last] = value;
}
