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

/** Resolves `list:///a:1,b:2`: each host by DNS, all addresses together. grpc-js itself has lists of IPs only. */
class AddressListResolver implements Resolver {
  private readonly parts: (Endpoints | undefined)[] = [];
  private readonly resolvers: Resolver[];

  constructor({ path }: Uri, listener: Listener, options: ChannelOptions) {
    this.resolvers = path.split(',').map((host, index) => {
      const uri = { scheme: 'dns', authority: '', path: host };
      return createResolver(uri, (found) => this.report(index, found, listener), options);
    });
  }

  private report(index: number, found: Endpoints, listener: Listener): boolean {
    // An address that was known serves on while its host cannot be looked up.
    if (found.ok || this.parts[index]?.ok !== true) this.parts[index] = found;
    // Asked again, the host's own resolver waits as its backoff says.
    if (!found.ok) this.resolvers[index]?.updateResolution();
    const nobodyKnown = this.parts.every((part) => part?.ok !== true);
    const waiting = this.resolvers.some((_, each) => this.parts[each] === undefined);
    if (nobodyKnown && waiting) return true;
    return listener(joined(this.parts), {}, null, '');
  }

  updateResolution(): void {
    for (const resolver of this.resolvers) resolver.updateResolution();
  }

  destroy(): void {
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
