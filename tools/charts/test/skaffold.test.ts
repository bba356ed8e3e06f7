import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { helmMissing } from '../src/helm';
import { render } from '../src/render';
import { isInRepository } from '../src/repository';
import { services } from '../src/matrix';
import {
  imagesNamedBy,
  profileNames,
  readSkaffold,
  setBySkaffold,
  skaffoldWith,
  templateName,
  type SkaffoldConfig,
} from '../src/skaffold';
import { nothing } from './nothing';

/** As people run it: nothing, each profile, and all that go together. */
const runs: string[][] = [
  [],
  ...profileNames().map((name) => [name]),
  ['prod-like', 'observability'],
];

function missing({ build, deploy, manifests, verify = [] }: SkaffoldConfig): string[] {
  const built = build.artifacts.map(({ image }) => templateName(image));
  return [
    ...deploy.helm.releases.flatMap((release) => [
      ...[release.chartPath, ...(release.valuesFiles ?? [])]
        .filter((path) => !isInRepository(path))
        .map((path) => `the release ${release.name} names ${path}, which is not there`),
      ...imagesNamedBy(release)
        .filter((image) => !built.includes(image))
        .map((image) => `the release ${release.name} names the image ${image}, which is not built`),
      ...(release.dependsOn ?? [])
        .filter((name) => !deploy.helm.releases.some((other) => other.name === name))
        .map((name) => `the release ${release.name} waits for ${name}, which is none`),
    ]),
    ...build.artifacts.flatMap(({ docker, custom }) => {
      const command = /node (\S+)/.exec(custom?.dependencies?.command ?? '')?.[1];
      return [docker?.dockerfile, command]
        .filter((path) => path !== undefined && !isInRepository(path))
        .map((path) => `an artifact names ${path ?? ''}, which is not there`);
    }),
    ...(manifests?.rawYaml ?? [])
      .filter((path) => !isInRepository(path))
      .map((path) => `manifests names ${path}, which is not there`),
    ...verify.flatMap(({ name, container, executionMode }) => [
      ...(built.includes(templateName(container.image))
        ? []
        : [`verify ${name} has an image that is not built`]),
      ...[executionMode?.kubernetesCluster?.jobManifestPath]
        .filter((path) => path !== undefined && !isInRepository(path))
        .map((path) => `verify ${name} names ${path ?? ''}, which is not there`),
    ]),
  ];
}

describe('skaffold.yaml', { skip: !isInRepository('skaffold.yaml') && 'there is none' }, () => {
  test('is of the version that the documentation names', () => {
    assert.equal(readSkaffold().apiVersion, 'skaffold/v4beta14');
  });

  for (const profiles of runs) {
    const name = profiles.length > 0 ? `with ${profiles.join(', ')}` : 'by itself';

    test(`${name}: every file and image it names is there`, () => {
      nothing(missing(skaffoldWith(...profiles)));
    });

    test(`${name}: every service is built and released under its own name`, () => {
      const { build, deploy } = skaffoldWith(...profiles);
      const images = build.artifacts.map(({ image }) => image.split('/').at(-1));
      const releases = deploy.helm.releases.map((release) => release.name);
      for (const service of services()) {
        assert.ok(images.includes(service), `no image of ${service}`);
        assert.ok(releases.includes(service), `no release of ${service}`);
      }
    });

    test(
      `${name}: helm takes its values, and every port it forwards is there`,
      { skip: helmMissing() },
      async () => {
        const { deploy, portForward = [] } = skaffoldWith(...profiles);
        const rendered = await Promise.all(
          deploy.helm.releases.map((release) =>
            render({
              chart: release.chartPath,
              release: release.name,
              namespace: release.namespace,
              values: release.valuesFiles ?? [],
              set: setBySkaffold(release),
            }),
          ),
        );
        const objects = rendered.flat();
        for (const { resourceName, namespace, port } of portForward) {
          const service = objects.find(
            ({ kind, metadata }) =>
              kind === 'Service' &&
              metadata.name === resourceName &&
              metadata.namespace === (namespace ?? 'quayside'),
          );
          const { ports = [] } = (service?.spec ?? {}) as { ports?: { port: number }[] };
          assert.ok(
            ports.some((each) => each.port === port),
            `${resourceName} has no port ${port}`,
          );
        }
      },
    );
  }

  test('a patch that fits nothing, and an unknown profile, would be noticed', () => {
    assert.throws(() => skaffoldWith('nothing'), /no profile nothing/);
  });
});
