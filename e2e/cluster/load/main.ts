// The load of `npm run test:cluster`, as a program of one file: it runs as a Job in the cluster, or beside it. It says
// on a port of its own how things go, so that every number is taken where the requests are made.
//   TARGET         URL of the gateway
//   PEOPLE         customers that pay each other (default 6)
//   RATE           requests per second (default 40)
//   EVENTS_WITHIN_SECONDS   how long events may take to arrive after the end (default 120)
//   CONTROL_PORT   default 8099; 0 picks a free one
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { audit, type Audit } from './audit';
import { startGenerator, type Generator } from './generator';

const { TARGET = '', PEOPLE = '6', RATE = '40', CONTROL_PORT = '8099' } = process.env;
const eventsWithinMs = Number(process.env.EVENTS_WITHIN_SECONDS ?? 120) * 1000;

let generator: Generator | undefined;
let failure: string | undefined;

function running(): Generator {
  if (generator) return generator;
  throw new Error(failure ?? 'The customers are still signing up.');
}

let auditing: Promise<Audit> | undefined;

async function conclude({ people, accepted, stop }: Generator): Promise<Audit> {
  const undecided = await stop();
  return audit({ target: TARGET, people, accepted, undecided, eventsWithinMs });
}

const commands: Record<string, (value: string) => unknown> = {
  '/ready': () => ({ people: running().people.length }),
  '/cut': () => running().cut(),
  '/rate': (value) => {
    running().setRate(Number(value));
    return { rate: Number(value) };
  },
  // It takes longer than a request may: this begins it, and asked again tells whether it is done.
  '/audit': () => {
    auditing ??= conclude(running());
    return Promise.race([auditing, delay(1_000, { pending: true })]);
  },
  '/end': () => ({}),
};

const server = createServer((request, response) => {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://control');
  const answer = (status: number, body: unknown) => {
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(body), () => {
      // This answer is out; the load and its connections are still open.
      if (pathname === '/end') process.exit(0);
    });
  };
  Promise.resolve()
    .then(() => commands[pathname]?.(searchParams.get('value') ?? ''))
    .then(
      (result) => answer(result === undefined ? 404 : 200, result ?? {}),
      (error: unknown) => answer(503, { error: String(error), failed: failure !== undefined }),
    );
});

server.listen(Number(CONTROL_PORT), () => {
  console.log(`control ${(server.address() as AddressInfo).port}`);
  startGenerator({ target: TARGET, people: Number(PEOPLE), perSecond: Number(RATE) }).then(
    (started) => (generator = started),
    (error: unknown) => {
      const { message, cause } = error as Error;
      failure = cause instanceof Error ? `${message} ${cause.message}` : message;
      console.error(failure);
    },
  );
});
// As the first process of a container it gets no default: without this a deleted pod would wait for its grace to end.
process.on('SIGTERM', () => process.exit(0));
// Started beside a test: it must not outlive that.
process.on('disconnect', () => process.exit(0));
