import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One span: who sent it, which instrumentation made it. */
export interface SeenSpan {
  service: string;
  instrumentation: string;
  name: string;
  attributes: string[];
}

interface Attribute {
  key: string;
  value: { stringValue?: string };
}

interface OtlpTraces {
  resourceSpans?: {
    resource: { attributes: Attribute[] };
    scopeSpans: { scope: { name: string }; spans: { name: string; attributes: Attribute[] }[] }[];
  }[];
}

const spansOf = ({ resourceSpans = [] }: OtlpTraces): SeenSpan[] =>
  resourceSpans.flatMap(({ resource, scopeSpans }) => {
    const name = resource.attributes.find(({ key }) => key === 'service.name');
    return scopeSpans.flatMap(({ scope, spans }) =>
      spans.map((span) => ({
        service: name?.value.stringValue ?? '',
        instrumentation: scope.name.replace('@opentelemetry/instrumentation-', ''),
        name: span.name,
        attributes: span.attributes.map(({ key }) => key),
      })),
    );
  });

/** An OTLP/HTTP endpoint (JSON) that keeps what it is sent. */
export async function startSpanCollector() {
  const spans: SeenSpan[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      spans.push(...spansOf(JSON.parse(Buffer.concat(chunks).toString()) as OtlpTraces));
      response.setHeader('content-type', 'application/json').end('{}');
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    spans,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
