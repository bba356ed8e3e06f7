import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ServiceSpec, Topology } from '../src/topology';

/** A stand-in for a service: migrates nothing, says it is ready, appends to a file what happens to it. */
const program = `
const { appendFileSync } = require('node:fs');
const { createServer } = require('node:http');
const name = process.env.OTEL_SERVICE_NAME;
const note = (what) => appendFileSync(process.env.FAKE_JOURNAL, name + ' ' + what + '\\n');
if (process.argv[2] === 'migrate') { note('migrated'); process.exit(0); }
if (process.argv[2] === 'topics') process.exit(0);
if (process.env.FAKE_BROKEN === name) { console.log('no luck today'); process.exit(3); }
createServer((request, response) => {
  response.end(JSON.stringify(process.env));
  if (request.url === '/crash') process.exit(1);
}).listen(Number(process.env.ADMIN_PORT), '127.0.0.1', () => {
  note('ready');
  process.send({ type: 'ready', ports: { admin: Number(process.env.ADMIN_PORT) } });
});
process.on('SIGINT', () => note('heard the terminal'));
process.on('SIGTERM', () => {
  note('draining');
  setTimeout(() => { note('ended'); process.exit(0); }, Number(process.env.FAKE_DRAIN_MS ?? 50));
});
`;

/** A topology of stand-ins, in the real one's order, with the real PostgreSQL and broker. */
export function fakeTopology(folder: string): { topology: Topology; journal: string } {
  const service = (name: string, more: Partial<ServiceSpec>): ServiceSpec => {
    mkdirSync(join(folder, name), { recursive: true });
    writeFileSync(join(folder, name, 'main.js'), program);
    const project = join(folder, name);
    const ports = { admin: 39_081 };
    return { name, project, ports, database: true, calls: [], startsAfter: [], ...more };
  };
  return {
    journal: join(folder, 'journal'),
    topology: {
      postgres: { port: 35_440 },
      broker: { port: 39_092 },
      services: [
        service('auth', { ports: { admin: 39_081, grpc: 37_001 } }),
        service('payments', { ports: { admin: 39_083, grpc: 37_003 }, calls: ['auth'] }),
        service('gateway', {
          ports: { admin: 39_080, http: 38_080 },
          calls: ['auth', 'payments'],
          startsAfter: ['auth', 'payments'],
        }),
      ],
    },
  };
}
