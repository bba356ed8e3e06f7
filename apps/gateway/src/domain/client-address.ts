import { isIP, isIPv6 } from 'node:net';

/**
 * Where a request comes from, as one bare address: without port, brackets or zone, IPv4 as IPv4, and
 * IPv6 in one spelling. `claimed` is what trusted proxies say, which may have a port (RFC 7239, section 6); what is no
 * address, which anybody could make up, comes from its `peer`, the proxy. Undefined when neither is known.
 */
export function clientAddress(claimed: string | undefined, peer?: string): string | undefined {
  return [claimed, peer]
    .map((written) => mappedIPv4(canonical(withoutZone(withoutPort(written ?? '')))))
    .find((address) => isIP(address) !== 0);
}

/** `192.0.2.7:5678` and `[2001:db8::1]:5678` are how addresses with a port are written. */
function withoutPort(written: string): string {
  const [, inBrackets, plain] = /^(?:\[(.+)\]|([\d.]+))(?::\d+)?$/.exec(written) ?? [];
  return inBrackets ?? plain ?? written;
}

/** A zone is a name on the machine that wrote it, nothing of the client's. */
const withoutZone = (address: string): string => address.split('%', 1).join('');

/** IPv6 has many spellings, of which URLs keep one: small letters, all of it hexadecimal, no zeros that can go. */
const canonical = (address: string): string =>
  isIPv6(address) ? new URL(`http://[${address}]`).hostname.slice(1, -1) : address;

/** A socket that takes both writes IPv4 as IPv6 (RFC 4291, section 2.5.5.2). */
function mappedIPv4(address: string): string {
  const [, high = '', low] = /^::ffff:([\da-f]+):([\da-f]+)$/.exec(address) ?? [];
  if (low === undefined) return address;
  const [first, second] = [parseInt(high, 16), parseInt(low, 16)];
  return [first >> 8, first & 255, second >> 8, second & 255].join('.');
}
