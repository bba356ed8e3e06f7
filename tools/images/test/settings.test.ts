import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { migrationSettings, topicSettings } from '@quayside/chassis';
import { serviceSettingsOf, settingNamesOf } from '@quayside/charts/app-settings';
import { allApps, chosenApps } from '../src/apps';
import { buildArguments } from '../src/build';
import { runArguments, serviceSettings, type ContainerRun } from '../src/container/arguments';
import { openFolder } from '../src/container/folders';
import type { Docker } from '../src/docker';
import { weaknesses } from '../src/inspection';
import { chartLimits } from '../src/programs';
import { imageOf, readImageSettings } from '../src/settings';
import { readHistory, sizeOf } from '../src/sizes';

describe('npm run images', () => {
  it('builds every app for the usual registry, and another by settings', () => {
    assert.deepEqual(chosenApps([]), ['auth', 'card-processor', 'gateway', 'payments', 'users']);
    assert.deepEqual(chosenApps(['users']), ['users']);
    assert.throws(() => chosenApps(['user']), /no app "user"\. The apps are: auth, card-processor/);
    assert.equal(imageOf(readImageSettings({}), 'auth'), 'ghcr.io/quayside/auth:dev');
    const env = { IMAGE_REGISTRY: 'registry.example/team', IMAGE_TAG: '1.2.3' };
    assert.equal(imageOf(readImageSettings(env), 'auth'), 'registry.example/team/auth:1.2.3');
  });

  it('hands the settings to the Dockerfile, and leaves the base images to it', () => {
    const usual = buildArguments(readImageSettings({}), 'auth', 'prod').join(' ');
    assert.match(
      usual,
      /^build --build-arg APP=auth .*--target prod --tag ghcr\.io\/quayside\/auth:dev \.$/,
    );
    assert.doesNotMatch(usual, /_IMAGE=/);
    const env = {
      PROD_IMAGE: 'base:1',
      IMAGE_REVISION: 'abc',
      DOCKER_BUILD_FLAGS: '--network  host',
    };
    const own = buildArguments(readImageSettings(env), 'auth', 'dev').join(' ');
    assert.match(own, /--build-arg PROD_IMAGE=base:1 .*--build-arg REVISION=abc/);
    assert.match(own, /--target dev .* --network host \.$/);
  });

  it('tells the share of the app from the base image', () => {
    const history = [
      '0\tCMD ["main.js"]',
      '5000000\tCOPY /image/ ./ # buildkit',
      '0\tWORKDIR /app',
      '120000000\tbazel build ...',
      '300000\tCOPY something # buildkit',
    ].join('\n');
    assert.deepEqual(sizeOf(readHistory(history)), { base: 120_300_000, app: 5_000_000 });
    assert.throws(() => sizeOf(readHistory('1\tRUN x')), /not made by the Dockerfile/);
  });
});

describe('npm run images:test', () => {
  const run: ContainerRun = {
    image: 'ghcr.io/quayside/auth:dev',
    name: 'auth-1',
    label: 'test=1',
    command: ['main.js', 'migrate'],
    env: { ADMIN_PORT: '9464', DATABASE_URL: 'postgres://auth_app:hidden@db/auth' },
    secretsFolder: '/tmp/secrets',
    limits: { memory: 256, tmp: 64 },
  };

  it('allows a container what the chart allows a pod', () => {
    const words = runArguments(run).join(' ');
    for (const flag of [
      '--user 65532:65532',
      '--read-only',
      '--cap-drop ALL',
      '--security-opt no-new-privileges',
      '--memory 256m --memory-swap 256m',
      '--tmpfs /tmp:rw,size=64m,mode=1777',
      '--max-old-space-size=192',
    ]) {
      assert.ok(words.includes(flag), flag);
    }
    assert.match(words, /ghcr\.io\/quayside\/auth:dev main\.js migrate$/);
    assert.deepEqual(chartLimits(), { memory: 384, tmp: 64 });
  });

  it('gives secrets as files, as a cluster does', () => {
    const words = runArguments(run).join(' ');
    assert.ok(!words.includes('hidden'), words);
    assert.ok(words.includes('--env DATABASE_URL_FILE=/etc/quayside/secrets/database-url'));
    assert.ok(!words.includes('MIGRATION_DATABASE_URL_FILE'), 'no file for what is not set');
  });

  it('passes on every setting that an app reads', async () => {
    for (const app of allApps()) {
      const shape = { ...(await serviceSettingsOf(app)), ...migrationSettings, ...topicSettings };
      const env = Object.fromEntries(Object.keys(shape).map((name) => [name, `of ${app}`]));
      assert.deepEqual(serviceSettings(env, await settingNamesOf(app)), env);
    }
    const env = { OTEL_SERVICE_NAME: 'x', OTEL_BSP_SCHEDULE_DELAY: '200', LOG_FILE: '/x/log' };
    assert.deepEqual(serviceSettings(env, await settingNamesOf('users')), env);
    const files = { MAIL_SMTP_URL_FILE: '/secrets/mail', STEP_UP_ABOVE_MINOR_UNITS: '5000' };
    assert.deepEqual(Object.keys(serviceSettings(files, await settingNamesOf('auth'))), [
      'MAIL_SMTP_URL_FILE',
    ]);
  });

  it('passes on nothing else of the environment', async () => {
    const env = { PATH: '/bin', HOME: '/root', NPM_TOKEN: 'x', NODE_OPTIONS: '--inspect' };
    assert.deepEqual(serviceSettings(env, await settingNamesOf('auth')), {});
  });

  it('lets a container write where its settings say that it writes, and nowhere else', () => {
    const volumes = (env: Record<string, string>) =>
      runArguments({ ...run, env }).filter((_word, at, words) => words[at - 1] === '--volume');
    const secrets = '/tmp/secrets:/etc/quayside/secrets:ro';
    assert.deepEqual(volumes({ RUNTIME_ROLE: 'x', TLS_KEY_FILE: '/keys/key' }), [secrets]);
    assert.deepEqual(volumes({ MAIL_FOLDER: '/data/mail', JOURNAL_FILE: '/data/card/journal' }), [
      secrets,
      '/data/mail:/data/mail',
      '/data/card:/data/card',
    ]);
    const twice = { JOURNAL_FILE: '/data/journal', LOG_FILE: '/data/log' };
    assert.deepEqual(volumes(twice), [secrets, '/data:/data'], 'docker refuses the same twice');
  });

  it('opens the folders that it makes and those of the runner, and leaves others as they are', (t) => {
    const root = mkdtempSync(join(tmpdir(), 'quayside-folders-'));
    t.after(() => rmSync(root, { recursive: true }));
    const modeOf = (folder: string) => {
      openFolder(folder);
      return statSync(folder).mode & 0o777;
    };
    assert.equal(modeOf(join(root, 'new/log')), 0o777);
    mkdirSync(join(root, 'there'), { mode: 0o700 });
    assert.equal(modeOf(join(root, 'there')), 0o700);
    writeFileSync(join(root, 'runner.lock'), '');
    assert.equal(modeOf(join(root, 'there')), 0o777);
  });

  it('finds a container that is not locked down', async () => {
    const status = (lines: string[], command: string) => `${lines.join('\n')}\n\n${command}`;
    const locked = status(
      ['Uid:\t65532\t65532', 'CapBnd:\t0000000000000000', 'NoNewPrivs:\t1'],
      'node\0main.js\0',
    );
    const open = status(['Uid:\t0\t0', 'CapBnd:\t000001ffffffffff', 'NoNewPrivs:\t0'], 'sh\0-c\0');
    const docker = (first: string, hasShell: boolean): Docker => ({
      ask(args) {
        const words = args.join(' ');
        const shell = words.includes(' sh -c ');
        const stdout = words.includes('/proc/1/') ? first : '';
        const stderr = words.includes('writeFileSync') && !hasShell ? 'Error: EROFS' : '';
        const failed = shell && !hasShell;
        return Promise.resolve({ status: failed ? 126 : 0, stdout, stderr, output: '' });
      },
      tell: () => Promise.reject(new Error('not used')),
      show: () => Promise.reject(new Error('not used')),
    });
    assert.deepEqual(await weaknesses(docker(locked, false), 'x'), []);
    assert.deepEqual(await weaknesses(docker(open, true), 'x'), [
      'it has a shell',
      'its root file system can be written to',
      'its user is 0\t0',
      'it has capabilities',
      'it can gain privileges',
      'its first process is not node',
    ]);
  });
});
