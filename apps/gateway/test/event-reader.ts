import http from 'node:http';

/** One event of a stream. */
export interface ReadEvent {
  id: string | undefined;
  event: string;
  data: { title?: string; reason?: string; amount?: { amount: string } };
}

/** A client of an event stream, as a browser's EventSource is one. */
export interface EventReader {
  readonly events: ReadEvent[];
  /** The id to go on from. */
  readonly lastEventId: string | undefined;
  readonly comments: number;
  /** Resolves when the stream is over, however it ended. */
  readonly ended: Promise<void>;
  /** Takes nothing more. */
  pause(): void;
  close(): void;
}

/** What the server answered instead of a stream. */
export class RefusedError extends Error {
  readonly status: number;
  constructor(status: number) {
    super(`The stream was refused with ${status}`);
    this.status = status;
  }
}

/** Connects and resolves once the stream has begun. Rejects with a RefusedError for any status but 200. */
export function readEvents(url: string, token: string, lastEventId?: string): Promise<EventReader> {
  const headers = {
    authorization: `Bearer ${token}`,
    accept: 'text/event-stream',
    ...(lastEventId !== undefined && { 'last-event-id': lastEventId }),
  };
  return new Promise((resolve, reject) => {
    const request = http.get(`${url}/api/v1/events`, { headers, agent: false }, (response) => {
      if (response.statusCode !== 200) {
        response.resume();
        reject(new RefusedError(response.statusCode ?? 0));
        return;
      }
      const events: ReadEvent[] = [];
      const state = { lastEventId, comments: 0, text: '' };
      const take = (block: string) => {
        const lines = block.split('\n');
        const field = (name: string) =>
          lines.find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2);
        if (block.startsWith(':')) state.comments += 1;
        const id = field('id');
        if (id !== undefined) state.lastEventId = id;
        const data = field('data');
        if (data === undefined) return;
        events.push({
          id,
          event: field('event') ?? '',
          data: JSON.parse(data) as ReadEvent['data'],
        });
      };
      const reader: EventReader = {
        events,
        get lastEventId() {
          return state.lastEventId;
        },
        get comments() {
          return state.comments;
        },
        ended: new Promise((end) => response.once('close', end)),
        pause: () => void response.pause(),
        close: () => void request.destroy(),
      };
      response.setEncoding('utf8').on('error', () => undefined);
      response.on('data', (chunk: string) => {
        const blocks = (state.text + chunk).split('\n\n');
        state.text = blocks.pop() ?? '';
        blocks.forEach(take);
        resolve(reader);
      });
    });
    request.on('error', reject);
  });
}
