import type { Request } from 'express';
import { clientAddress } from '../domain/client-address';

/** Where a request comes from; behind proxies, as far as `TRUSTED_PROXY_HOPS` lets it be believed. */
export const addressOf = (request: Request): string | undefined =>
  clientAddress(request.ip, request.socket.remoteAddress);

/** What auth is told of where a request comes from. */
export function clientOf(request: Request): { address: string; userAgent: string } {
  return { address: addressOf(request) ?? '', userAgent: request.get('user-agent') ?? '' };
}
