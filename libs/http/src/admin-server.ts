import type { IncomingMessage, ServerResponse } from 'node:http';
import { metrics } from '@quayside/telemetry';
import type { HealthState } from './health';
import { createHttpServer } from './server';
import type { HttpServer } from './server';

/** Where the admin port listens and whose health it shows. */
export interface AdminServerOptions {
  host: string;
  /** 0 picks a free port. */
  port: number;
  health: HealthState;
}

interface Answer {
  status: number;
  type: string;
  body: string;
}

const json = (status: number, body: unknown): Answer => ({
  status,
  type: 'application/json',
  body: `${JSON.stringify(body)}\n`,
});

async function readiness(health: HealthState): Promise<Answer> {
  const report = await health.report();
  return json(report.status === 'ready' ? 200 : 503, report);
}

async function scrape(health: HealthState): Promise<Answer> {
  await health.report();
  const { registry } = metrics;
  return { status: 200, type: registry.contentType, body: await registry.metrics() };
}

async function answer(request: IncomingMessage, health: HealthState): Promise<Answer> {
  if (request.method !== 'GET' && request.method !== 'HEAD') return json(405, { status: 'no' });
  switch (request.url?.split('?', 1)[0] ?? '') {
    // Alive means: the event loop answers. Anything outside the process would make restarts spread.
    case '/livez':
      return json(200, { status: 'alive' });
    case '/readyz':
      return readiness(health);
    case '/metrics':
      return scrape(health);
    default:
      return json(404, { routes: ['/livez', '/readyz', '/metrics'] });
  }
}

async function respond(
  request: IncomingMessage,
  response: ServerResponse,
  health: HealthState,
): Promise<void> {
  const { status, type, body } = await answer(request, health).catch((error: unknown) =>
    json(500, { error: String(error) }),
  );
  response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' });
  response.end(request.method === 'HEAD' ? undefined : body);
}

/** The admin port: `/livez`, `/readyz` (503 until ready, with why) and `/metrics` (Prometheus text). */
export function createAdminServer({ host, port, health }: AdminServerOptions): HttpServer {
  return createHttpServer(
    (request, response) => {
      void respond(request, response, health);
    },
    { host, port },
  );
}
