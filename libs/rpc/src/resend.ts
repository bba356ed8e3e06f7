import { status, type ServiceError } from '@grpc/grpc-js';

/** grpc-js's text for an HTTP/2 stream that the other end refused (subchannel-call.ts); no service says this. */
const REFUSED = 'Stream refused by server';
const MAX_ATTEMPTS = 5;
const PAUSE_MS = 20;

const wasRefused = ({ code, details }: ServiceError) =>
  code === status.UNAVAILABLE && details === REFUSED;

/**
 * Sends a call again that met the end of its connection, whatever its method: a refused stream was not handled (RFC 9113,
 * 8.7). grpc-js does so once, and where several replicas end together the second attempt is refused like the first.
 */
export async function resendRefused<T>(send: () => Promise<T>, deadline: Date): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await send();
    } catch (error) {
      const late = Date.now() + PAUSE_MS >= deadline.getTime();
      if (!wasRefused(error as ServiceError) || attempt === MAX_ATTEMPTS || late) throw error;
    }
    // Long enough to hear of the other connections that end.
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS * Math.random() + PAUSE_MS / 2));
  }
}
