import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Manifest } from '../../src/manifest';

const encoded = (data: Record<string, string>) =>
  Object.fromEntries(
    Object.entries(data).map(([key, value]) => [key, Buffer.from(value).toString('base64')]),
  );

const pathOf = (apiVersion: string) =>
  apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;

/** What the API says of the kinds of these objects. */
function discovery(manifests: readonly Manifest[]): [string, object][] {
  const versions = [...new Set(manifests.map(({ apiVersion }) => apiVersion))];
  const groups = versions
    .filter((version) => version.includes('/'))
    .map((groupVersion) => {
      const [name, version] = groupVersion.split('/');
      return { name, versions: [{ groupVersion, version }] };
    });
  return [
    ['/version', { major: '1', minor: '36', gitVersion: 'v1.36.1' }],
    ['/api', { kind: 'APIVersions', versions: ['v1'] }],
    ['/apis', { kind: 'APIGroupList', apiVersion: 'v1', groups }],
    ...versions.map((groupVersion): [string, object] => {
      const kinds = new Set(
        manifests.filter((one) => one.apiVersion === groupVersion).map(({ kind }) => kind),
      );
      const resources = [...kinds].map((kind) => {
        const name = `${kind.toLowerCase()}s`.replace(/ys$/, 'ies');
        return { name, kind, namespaced: true, verbs: ['get'] };
      });
      return [pathOf(groupVersion), { kind: 'APIResourceList', groupVersion, resources }];
    }),
  ];
}

/** The annotations that helm puts on what it installs; without them it leaves an object alone. */
const installedBy = (release: string, namespace: string) => ({
  'meta.helm.sh/release-name': release,
  'meta.helm.sh/release-namespace': namespace,
});

/**
 * As much of a Kubernetes API as helm's `lookup` of Secrets asks for: it knows the kinds of the given objects and holds
 * the Secrets among them, as installed by `release`. Resolves with a kubeconfig in `folder` that leads to it.
 */
export async function secretsApi(manifests: readonly Manifest[], release: string, folder: string) {
  const secrets = manifests.filter(({ kind }) => kind === 'Secret');
  const answers = new Map<string, object>([
    ...discovery(manifests),
    ...secrets.map(({ metadata, stringData, ...secret }): [string, object] => {
      const { name, namespace = '' } = metadata;
      const annotations = { ...metadata.annotations, ...installedBy(release, namespace) };
      const data = encoded(stringData as Record<string, string>);
      return [
        `/api/v1/namespaces/${namespace}/secrets/${name}`,
        { ...secret, metadata: { ...metadata, annotations }, data },
      ];
    }),
  ]);
  const nothing = { kind: 'Status', apiVersion: 'v1', reason: 'NotFound', code: 404 };
  const server = createServer((request, response) => {
    const answer = answers.get(new URL(request.url ?? '/', 'http://api').pathname);
    response.writeHead(answer ? 200 : 404, { 'content-type': 'application/json' });
    response.end(JSON.stringify(answer ?? nothing));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const kubeconfig = join(folder, 'kubeconfig');
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'test', cluster: { server: `http://127.0.0.1:${port}` } }],
    contexts: [{ name: 'test', context: { cluster: 'test', user: '' } }],
    'current-context': 'test',
  };
  writeFileSync(kubeconfig, JSON.stringify(config));
  return { kubeconfig, close: () => server.close() };
}
