import { IncomingMessage, ServerResponse } from 'node:http';
import type { RequestListener } from 'node:http';
import type { Express } from 'express';

const isExpress = (handler: RequestListener | Express): handler is Express =>
  'request' in handler && 'response' in handler;

/**
 * The classes of an Express app's requests and responses, for Node's server to make them of; nothing for another
 * handler. Express gives both their prototypes only when it is handed them. Until Node 24, V8 then makes a hidden class
 * for every single one of them when a property is added, and all code that reads them misses its inline caches. With
 * these classes they have the app's prototypes from the beginning.
 */
export function messageClassesOf(handler: RequestListener | Express) {
  if (!isExpress(handler)) return {};
  class AppRequest extends IncomingMessage {}
  class AppResponse<
    Request extends IncomingMessage = IncomingMessage,
  > extends ServerResponse<Request> {}
  Object.setPrototypeOf(AppRequest.prototype, handler.request);
  Object.setPrototypeOf(AppResponse.prototype, handler.response);
  handler.request = AppRequest.prototype as Express['request'];
  handler.response = AppResponse.prototype as Express['response'];
  return { IncomingMessage: AppRequest, ServerResponse: AppResponse };
}
