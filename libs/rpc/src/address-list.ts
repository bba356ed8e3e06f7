import { experimental, status, type ChannelOptions } from '@grpc/grpc-js';

type Resolver = experimental.Resolver;
type Listener = experimental.ResolverListener;
type Uri = experimental.GrpcUri;
type Endpoints = Parameters<Listener>[0];

const { createResolver, registerResolver, statusOrFromError, statusOrFromValue } = experimental;

/** Every endpoint known by now; an error only when no host has any. */
function joined(parts: readonly (Endpoints | undefined)[]): Endpoints {
  const endpoints = parts.flatMap((part) => (part?.ok === true ? part.value : []));
  if (endpoints.length > 0) return statusOrFromValue(endpoints);
  const failed = parts.find((part) => part?.ok === false);
  const error = { code: status.UNAVAILABLE, details: 'No host of the list has an address' };
  return failed ?? statusOrFromError(error);
}

/** The same for the same addresses, in whatever order DNS gives them. */
function textOf(endpoints: Endpoints): string {
  if (!endpoints.ok) return '';
  return JSON.stringify(endpoints.value.map((endpoint) => JSON.stringify(endpoint)).sort());
}

/** How often names are looked up again unasked. */
const LOOK_AGAIN_MS = 5_000;

/**
 * Resolves `list:///a:1,b:2`: each host by DNS, all addresses together; grpc-js itself has lists of IPs only. It also
 * looks again by itself: grpc-js does so only after a connection was lost, so a replica that is added while none goes
 * away would wait for the connection age of the others.
 */
class AddressListResolver implements Resolver {
  private readonly parts: (Endpoints | undefined)[] = [];
  private readonly resolvers: Resolver[];
  private timer?: NodeJS.Timeout;
  /** Whether the channel wants an answer, be it the same as before. */
  private asked = false;
  private told = '';

  constructor(
    { path }: Uri,
    private readonly listener: Listener,
    options: ChannelOptions,
  ) {
    this.resolvers = path.split(',').map((host, index) => {
      const uri = { scheme: 'dns', authority: '', path: host };
      return createResolver(uri, (found) => this.report(index, found), options);
    });
  }

  private report(index: number, found: Endpoints): boolean {
    // An address that was known serves on while its host cannot be looked up.
    if (found.ok || this.parts[index]?.ok !== true) this.parts[index] = found;
    // Asked again, the host's own resolver waits as its backoff says.
    if (!found.ok) this.resolvers[index]?.updateResolution();
    const nobodyKnown = this.parts.every((part) => part?.ok !== true);
    const waiting = this.resolvers.some((_, each) => this.parts[each] === undefined);
    if (nobodyKnown && waiting) return true;
    return this.tell(joined(this.parts));
  }

  private tell(endpoints: Endpoints): boolean {
    const text = textOf(endpoints);
    if (!this.asked && text !== '' && text === this.told) return true;
    this.asked = false;
    this.told = text;
    return this.listener(endpoints, {}, null, '');
  }

  private lookUp(): void {
    for (const resolver of this.resolvers) resolver.updateResolution();
  }

  updateResolution(): void {
    this.asked = true;
    this.timer ??= setInterval(() => this.lookUp(), LOOK_AGAIN_MS).unref();
    this.lookUp();
  }

  // The channel may ask again after this: it ends a resolver when it goes idle too.
  destroy(): void {
    clearInterval(this.timer);
    this.timer = undefined;
    for (const resolver of this.resolvers) resolver.destroy();
  }

  static getDefaultAuthority({ path }: Uri): string {
    return path.split(',')[0] ?? path;
  }
}

/** Makes `list:///` targets known to grpc-js; more than once does no harm. */
export function registerAddressList(): void {
  registerResolver('list', AddressListResolver);
}
