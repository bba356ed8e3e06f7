import type { Request } from 'express';

/** What auth is told of where a request comes from; behind proxies, as far as `TRUSTED_PROXY_HOPS` lets it be believed. */
export function clientOf(request: Request): { address: string; userAgent: string } {
  return { address: request.ip ?? '', userAgent: request.get('user-agent') ?? '' };
}
