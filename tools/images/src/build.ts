import { imageOf, type ImageSettings } from './settings';

/** The stages of the Dockerfile that are images. */
export type Target = 'dev' | 'prod';

/** Arguments of `docker build` for one app. What is a secret must never be among them: they stay in the image. */
export function buildArguments(settings: ImageSettings, app: string, target: Target): string[] {
  const { nodeImage, prodImage, version, revision, buildFlags } = settings;
  const values = {
    APP: app,
    NODE_IMAGE: nodeImage,
    PROD_IMAGE: prodImage,
    VERSION: version,
    REVISION: revision,
  };
  const given = Object.entries(values).filter(([, value]) => value !== undefined);
  return [
    'build',
    ...given.flatMap(([name, value]) => ['--build-arg', `${name}=${value ?? ''}`]),
    ...['--target', target],
    ...['--tag', imageOf(settings, app)],
    ...buildFlags,
    '.',
  ];
}
