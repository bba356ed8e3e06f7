import { setTimeout as delay } from 'node:timers/promises';
import type { Activity } from '../customer';

/** What has come on a customer's event stream since it began. */
export interface LiveStream {
  readonly activities: Activity[];
  close(): void;
}

const BEGINS_WITHIN_MS = 20_000;
const PAUSE_MS = 200;

/** One event, as the stream spells it. */
interface StreamEvent {
  id?: string;
  event?: string;
  data?: string;
}

function parseEvent(block: string): StreamEvent {
  const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1];
  return { id: field('id'), event: field('event'), data: field('data') };
}

async function* eventsOf(body: ReadableStream<Uint8Array>): AsyncGenerator<StreamEvent> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of body) {
    const blocks = (text + decoder.decode(chunk, { stream: true })).split('\n\n');
    text = blocks.pop() ?? '';
    yield* blocks.map(parseEvent);
  }
}

/**
 * Follows somebody's live updates as a browser does: a stream that ends, because its server is replaced for instance, is
 * asked for again from the last event on. Resolves when it has begun; throws when it does not.
 */
export async function openLiveStream(gatewayUrl: string, token: string): Promise<LiveStream> {
  const ending = new AbortController();
  const activities: Activity[] = [];
  let lastId: string | undefined;

  async function connect(): Promise<ReadableStream<Uint8Array>> {
    const late = setTimeout(() => ending.abort(new Error('No live stream.')), BEGINS_WITHIN_MS);
    const headers = {
      accept: 'text/event-stream',
      authorization: `Bearer ${token}`,
      ...(lastId !== undefined && { 'last-event-id': lastId }),
    };
    const { signal } = ending;
    try {
      const response = await fetch(new URL('/api/v1/events', gatewayUrl), { headers, signal });
      if (response.body !== null && response.status === 200) return response.body;
      throw new Error(`The live stream is answered with ${response.status}.`);
    } finally {
      // Else it would end a stream that begins at the next attempt.
      clearTimeout(late);
    }
  }

  async function follow(body: ReadableStream<Uint8Array>): Promise<void> {
    for await (const { id, event, data } of eventsOf(body)) {
      lastId = id ?? lastId;
      if (event === 'activity' && data !== undefined) activities.push(JSON.parse(data) as Activity);
    }
  }

  async function followOn(first: ReadableStream<Uint8Array>): Promise<void> {
    await follow(first).catch(() => undefined);
    while (!ending.signal.aborted) {
      await delay(PAUSE_MS);
      await connect()
        .then(follow)
        .catch(() => undefined);
    }
  }

  void followOn(await connect());
  return { activities, close: () => ending.abort() };
}
