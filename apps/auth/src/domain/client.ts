import { isIP } from 'node:net';
import type { auth } from '@quayside/contracts';

/** The program and the place that a request comes from; empty texts where they are not known. */
export interface Client {
  address: string;
  /** User agent, shortened. */
  device: string;
}

const LONGEST_DEVICE = 120;
const IPV4_IN_IPV6 = /^::ffff:(?=\d+\.)/i;

/** What is kept of a client: an address that is one, and a user agent of at most 120 visible characters. */
export function clientOf(info: auth.ClientInfo__Output | null): Client {
  const address = (info?.address ?? '').replace(IPV4_IN_IPV6, '').toLowerCase();
  const device = (info?.userAgent ?? '').replace(/[^ -~]/g, '').trim();
  return { address: isIP(address) > 0 ? address : '', device: device.slice(0, LONGEST_DEVICE) };
}

/**
 * What counts as one place: an IPv4 address, or the 64 bits of an IPv6 address that a subscriber gets (RFC 6177), who
 * could otherwise use a fresh address for each attempt.
 */
export function networkOf(address: string): string {
  if (isIP(address) !== 6) return address;
  const [before = '', after] = address.split('::');
  const groups = (part: string) => (part === '' ? [] : part.split(':'));
  const [head, tail] = [groups(before), groups(after ?? '')];
  const middle = after === undefined ? 0 : 8 - head.length - tail.length;
  const all = [...head, ...Array<string>(Math.max(0, middle)).fill('0'), ...tail];
  const network = all.slice(0, 4).map((group) => parseInt(group, 16).toString(16));
  return `${network.join(':')}::/64`;
}
