/** What `npm run images` is told by the environment. */
export interface ImageSettings {
  /** Registry and owner, before the app's name. */
  registry: string;
  tag: string;
  /** Base images; those of the Dockerfile when not set. */
  nodeImage?: string;
  prodImage?: string;
  /** Labels of the images. */
  version: string;
  revision: string;
  /** The client: `docker`, or one that understands the same words. */
  docker: string;
  /** More flags of `docker build`, split at spaces: `--network host`, `--push`. */
  buildFlags: string[];
}

/** Reads the settings; all have defaults. */
export function readImageSettings(env: NodeJS.ProcessEnv): ImageSettings {
  return {
    registry: env.IMAGE_REGISTRY ?? 'ghcr.io/quayside',
    tag: env.IMAGE_TAG ?? 'dev',
    nodeImage: env.NODE_IMAGE,
    prodImage: env.PROD_IMAGE,
    version: env.IMAGE_VERSION ?? '0.0.0',
    revision: env.IMAGE_REVISION ?? 'unknown',
    docker: env.DOCKER ?? 'docker',
    buildFlags: (env.DOCKER_BUILD_FLAGS ?? '').split(' ').filter((flag) => flag !== ''),
  };
}

/** `ghcr.io/quayside/payments:dev` */
export const imageOf = ({ registry, tag }: ImageSettings, app: string): string =>
  `${registry}/${app}:${tag}`;
