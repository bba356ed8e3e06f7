import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server with Prometheus' query API that answers what a test says. */
export interface StubPrometheus {
  url: string;
  /** Expressions that were asked for, in order. */
  asked: string[];
  stop(): Promise<void>;
}

/** `answer` gives the value of an expression; `undefined` is an empty result, as Prometheus gives for no series. */
export async function stubPrometheus(
  answer: (expression: string) => number | undefined,
): Promise<StubPrometheus> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    void bodyOf(request).then((body) => {
      const expression = new URLSearchParams(body).get('query') ?? '';
      asked.push(expression);
      const value = answer(expression);
      const result = value === undefined ? [] : [{ metric: {}, value: [0, String(value)] }];
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ status: 'success', data: { resultType: 'vector', result } }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => {
          resolve();
        });
      }),
  };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request) body += String(chunk);
  return body;
}

/** What a service looks like to the queries of src/slo.ts and src/rollout.ts. */
export interface Picture {
  requests?: number;
  failed?: number;
  p99?: number;
  current?: number;
  others?: number;
  ready?: number;
}

/** Answers from a picture, telling the queries apart by what is in them. */
export function pictured(picture: (expression: string) => Picture) {
  return (expression: string): number | undefined => {
    const {
      requests = 1000,
      failed = 0,
      p99 = 0.05,
      current = 1,
      others = 0,
      ready = 1,
    } = picture(expression);
    if (expression.includes('histogram_quantile')) return p99;
    if (expression.includes('5..')) return failed;
    if (expression.includes('increase(')) return requests;
    if (expression.includes('kube_deployment')) return ready;
    return expression.includes('!=') ? others : current;
  };
}
