/** The parts of `registry/owner/name:tag@sha256:...`. */
export interface ImageName {
  /** `docker.io` when the name does not say, as container runtimes have it. */
  registry: string;
  repository: string;
  tag?: string;
  digest?: string;
}

const IMAGE =
  /^(?<name>[^:@]+(?::\d+\/[^:@]+)?)(?::(?<tag>[\w.-]+))?(?:@(?<digest>\w+:[0-9a-f]+))?$/;

/** Reads the name of an image. Throws when it is none. */
export function parseImage(image: string): ImageName {
  const { name, tag, digest } = IMAGE.exec(image)?.groups ?? {};
  if (!name) throw new Error(`${image} is not the name of an image.`);
  const [first = '', ...rest] = name.split('/');
  // The rule of the container runtimes: the first part is a host when it looks like one.
  const isHost = rest.length > 0 && (/[.:]/.test(first) || first === 'localhost');
  return {
    registry: isHost ? first : 'docker.io',
    repository: isHost ? rest.join('/') : name,
    tag,
    digest,
  };
}
