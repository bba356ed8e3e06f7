// What is in the images, and that it runs: the content of each is made in a temporary folder, as the Dockerfile makes it,
// and the whole system is started from there with plain node, real PostgreSQL and the embedded broker.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { SourceMap, type SourceMapPayload } from 'node:module';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { startSystem, topology, withPrograms, type RunningSystem } from '@quayside/dev';
import { waitFor } from '@quayside/testing';
import { allApps, workspaceRoot } from '../src/apps';
import { collect } from '../src/collect';
import { makeContents } from './contents';
import { startSpanCollector } from './spans';

let folder: string;
let contents: Awaited<ReturnType<typeof makeContents>>;

before(async () => {
  contents = await makeContents();
  folder = contents.folder;
});
after(() => {
  contents.remove();
});

const filesOf = (app: string): string[] =>
  readdirSync(join(folder, app), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(join(folder, app), join(entry.parentPath, entry.name)));

describe('the content of an image', () => {
  it('is the bundle, what it reads, and who made it', () => {
    for (const app of allApps()) {
      const expected = ['licenses.txt', 'main.js', 'main.js.map', 'node_modules', 'package.json'];
      if (app !== 'card-processor') expected.push('migrations');
      if (app === 'gateway') expected.push('openapi.yaml');
      if (app === 'payments') expected.push('audit');
      assert.deepEqual(readdirSync(join(folder, app)).sort(), expected.sort(), app);
    }
  });

  it('is small', () => {
    for (const app of allApps()) {
      const bytes = filesOf(app).reduce(
        (sum, file) => sum + statSync(join(folder, app, file)).size,
        0,
      );
      // The limit is 60 MiB. What makes a service three times as big as it is deserves a look.
      assert.ok(bytes < 16 * 1024 * 1024, `${app}: ${bytes} bytes`);
    }
  });

  it('has code of native packages only beside the bundle', () => {
    const code = (app: string) =>
      filesOf(app).filter(
        (file) => file.startsWith('node_modules') && /\.(c|m)?js$|\.node$/.test(file),
      );
    const packages = (app: string) =>
      [...new Set(code(app).map((file) => file.split('/').slice(1, 3).join('/')))].sort();
    assert.deepEqual(packages('users'), []);
    assert.deepEqual(packages('payments'), []);
    assert.deepEqual(packages('gateway'), ['swagger-ui-dist/swagger-ui-bundle.js']);
    const [argon2, native] = packages('auth');
    assert.equal(argon2, '@node-rs/argon2');
    assert.match(native ?? '', /^@node-rs\/argon2-(linux|darwin)-/);
  });

  it('names every package in the bundle, for scanners and for the licences', () => {
    for (const app of allApps()) {
      const manifests = filesOf(app).filter((file) => /^node_modules\/.*package\.json$/.test(file));
      const named = manifests.map((file) => {
        const text = readFileSync(join(folder, app, file), 'utf8');
        return JSON.parse(text) as { name: string; version: string };
      });
      for (const name of ['@grpc/grpc-js', 'kafkajs', 'pg', 'pino', 'zod']) {
        assert.ok(
          named.some((one) => one.name === name && /^\d/.test(one.version)),
          `${app}: ${name}`,
        );
      }
      const licences = readFileSync(join(folder, app, 'licenses.txt'), 'utf8');
      for (const { name, version } of named) {
        // Copied whole, with their own licence files.
        if (/^(@node-rs\/|swagger-ui-dist$)/.test(name)) continue;
        assert.ok(licences.includes(`${name} ${version} (`), `${app}: licence of ${name}`);
      }
    }
  });

  it('leaves out the instrumentations that are not in use', () => {
    for (const app of allApps()) {
      const text = readFileSync(join(folder, app, 'main.js'), 'utf8');
      assert.ok(text.includes('KafkaJsInstrumentation'));
      assert.doesNotMatch(text, /class MongoDBInstrumentation|class AwsInstrumentation/);
    }
  });

  it('maps our own sources, and nothing of packages', () => {
    const file = join(folder, 'gateway/main.js');
    const payload = JSON.parse(readFileSync(`${file}.map`, 'utf8')) as SourceMapPayload;
    assert.deepEqual(
      payload.sources.filter((source) => !/\/(apps\/gateway|libs)\//.test(source)),
      [],
    );
    const lines = readFileSync(file, 'utf8').split('\n');
    const place = (text: string) => {
      const line = lines.findIndex((one) => one.includes(text));
      assert.ok(line >= 0, text);
      const column = lines[line]!.indexOf(text);
      return new SourceMap(payload).findEntry(line, column) as {
        originalSource?: string;
        originalLine?: number;
      };
    };
    const sentence = 'This version of express-openapi-validator ends with another handler.';
    const source = readFileSync(join(workspaceRoot, 'apps/gateway/src/http/validation.ts'), 'utf8');
    const entry = place(sentence);
    assert.match(entry.originalSource ?? '', /apps\/gateway\/src\/http\/validation\.ts$/);
    assert.equal(
      entry.originalLine,
      source.split('\n').findIndex((line) => line.includes(sentence)),
    );
    assert.equal(place('KafkaJSNonRetriableError').originalSource, undefined);
  });
});

describe('the system, started from the content of the images', () => {
  let collector: Awaited<ReturnType<typeof startSpanCollector>>;
  let system: RunningSystem;

  // Migrations and topics are subcommands of the same programs: without them nothing becomes ready.
  before(async () => {
    collector = await startSpanCollector();
    system = await startSystem({
      dataDir: await mkdtemp(join(tmpdir(), 'quayside-images-')),
      ports: 'free',
      quiet: true,
      removeOnStop: true,
      topology: withPrograms(folder),
      env: {
        OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
        OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
        OTEL_BSP_SCHEDULE_DELAY: '200',
        NODE_ENV: 'production',
      },
    });
  });
  after(async () => {
    await system.stop();
    collector.stop();
  });

  it('runs the programs of the images, and each is ready', async () => {
    assert.deepEqual(Object.keys(system.adminUrls).sort(), allApps());
    for (const [app, url] of Object.entries(system.adminUrls)) {
      const answer = await fetch(new URL('/readyz', url));
      assert.equal(answer.status, 200, app);
    }
    if (process.platform === 'linux') {
      for (const { name, pid } of system.services.filter((one) => allApps().includes(one.name))) {
        const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
        assert.ok(words.includes(join(folder, name, 'main.js')), words.join(' '));
      }
    }
  });

  it('does the main job', async () => {
    const { gatewayUrl: QUAYSIDE_URL, cardProcessorUrl: CARD_PROCESSOR_URL } = system;
    const env = { ...process.env, QUAYSIDE_URL, CARD_PROCESSOR_URL };
    const smoke = await collect(process.execPath, ['--import', 'tsx', 'e2e/smoke/main.ts'], env);
    assert.equal(smoke.status, 0, smoke.output);
    assert.match(smoke.stdout, /^[1-9]\d* passed, 0 failed$/m);
  });

  it('serves the documentation page with its files', async () => {
    for (const path of ['/docs', '/docs/swagger-ui-bundle.js', '/docs/swagger-ui.css']) {
      assert.equal((await fetch(new URL(path, system.gatewayUrl))).status, 200, path);
    }
  });

  it('is traced: http, express, gRPC, SQL and messages, in every service that has them', async () => {
    const made = (service: string, instrumentation: string) => () =>
      collector.spans.some(
        (one) => one.service === service && one.instrumentation === instrumentation,
      );
    const named = (service: string, name: RegExp) => () =>
      collector.spans.some((one) => one.service === service && name.test(one.name));
    // The company outside speaks HTTP only; asked here too, so that the span does not hang on the journey.
    assert.equal((await fetch(new URL('/v1/charges', system.cardProcessorUrl))).status, 401);
    const databases = topology.services.filter(({ database }) => database);
    const expected: Record<string, () => boolean> = {
      'http of the gateway': made('gateway', 'http'),
      'http of the card processor': made('card-processor', 'http'),
      // Express makes no spans of its own; it names the route on the request's.
      'routes of express': () =>
        collector.spans.some(
          ({ name, attributes }) =>
            name === 'POST /api/v1/payments' && attributes.includes('http.route'),
        ),
      ...Object.fromEntries(
        databases.flatMap(({ name }) => [
          [`grpc of ${name}`, made(name, 'grpc')],
          [`pg of ${name}`, made(name, 'pg')],
        ]),
      ),
      'messages of auth': named('auth', /^send auth\./),
      'messages to users': named('users', /^process auth\./),
      'messages of payments': named('payments', /^send payments\./),
      'messages to the gateway': named('gateway', /^process payments\./),
    };
    const missing = () => Object.keys(expected).filter((what) => !expected[what]!());
    await waitFor(() => missing().length === 0, { timeoutMs: 20_000 }).catch(() => undefined);
    assert.deepEqual(missing(), []);
  });

  it('ends when it is asked to', async () => {
    for (const app of allApps().reverse()) {
      const log = readFileSync(join(system.logsFolder, `${app}.log`), 'utf8');
      assert.doesNotMatch(log, /"level":"(fatal|error)"/, app);
      await system.stopProcess(app);
      const end = readFileSync(join(system.logsFolder, `${app}.log`), 'utf8');
      assert.match(end, /Drain: admin port done/, app);
    }
  });
});
