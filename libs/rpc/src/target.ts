import { registerAddressList } from './address-list';

const SCHEME = /^(dns|ipv4|ipv6|unix|xds|list):/;
const PLAIN_DNS = /^dns:(\/\/\/)?(?=[^/])/;

/**
 * A grpc-js target from a setting: a target as it is (`dns:///payments:7003`,
 * `ipv4:10.0.0.1:7003,10.0.0.2:7003`), a `host:port`, or several of them with commas between.
 * Throws when it is none of these.
 */
export function targetOf(address: string): string {
  const trimmed = address.trim().replace(PLAIN_DNS, '');
  if (SCHEME.test(trimmed)) return trimmed;
  const hosts = trimmed.split(',').map((host) => host.trim());
  const wrong = hosts.find((host) => !/^[^\s/]+:\d+$/.test(host));
  if (wrong !== undefined) {
    throw new Error(`"${wrong}" is no address. Give host:port, or several with commas between.`);
  }
  registerAddressList();
  return `list:///${hosts.join()}`;
}
