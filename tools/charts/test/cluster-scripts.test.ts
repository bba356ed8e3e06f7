import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, beforeEach, describe, test } from 'node:test';
import { services } from '../src/matrix';
import { inRepository, repository } from '../src/repository';

/** Stands in for kubectl: the pod of the load is there after so many questions. */
const kubectl = (questions: number) => `#!/usr/bin/env bash
echo "kubectl $*" >> "$LOG"
case "$*" in
  *"wait pod"*) echo 'error: no matching resources found' >&2; exit 1 ;;
  *status.ready*)
    if [ "$(grep --count status.ready "$LOG")" -gt ${questions} ]; then printf 1; fi ;;
  *status.succeeded*) printf 1/ ;;
esac
`;
const recorded = (name: string) => `#!/usr/bin/env bash\necho "${name} $*" >> "$LOG"\n`;

const folder = mkdtempSync(join(tmpdir(), 'scripts-'));
const log = join(folder, 'log');

function program(name: string, text: string): void {
  writeFileSync(join(folder, name), text);
  chmodSync(join(folder, name), 0o755);
}

const run = (script: string, env: Record<string, string> = {}, args: string[] = []) =>
  spawnSync('bash', [inRepository(`.github/scripts/${script}`), ...args], {
    cwd: repository,
    encoding: 'utf8',
    env: { PATH: `${folder}:${process.env.PATH ?? ''}`, LOG: log, ...env },
  });

beforeEach(() => {
  writeFileSync(log, '');
  for (const name of ['npx', 'npm', 'skaffold', 'kind', 'node', 'jq', 'sleep'])
    program(name, recorded(name));
});
after(() => rmSync(folder, { recursive: true }));

describe('load-images.sh', () => {
  test('loads an image of every service, with the tag it is told', () => {
    const { status, stderr } = run('load-images.sh', { IMAGE_TAG: 'night' });
    assert.equal(status, 0, stderr);
    const loaded = readFileSync(log, 'utf8').matchAll(
      /docker-image ghcr.io\/quayside\/(\S+):night /g,
    );
    assert.deepEqual([...loaded].map(([, name]) => name).sort(), services());
  });

  test('does nothing without a tag', () => {
    const { status, stderr } = run('load-images.sh');
    assert.notEqual(status, 0);
    assert.match(stderr, /Set IMAGE_TAG/);
    assert.equal(readFileSync(log, 'utf8'), '');
  });
});

describe('verify-images.sh', () => {
  const images = join(folder, 'images');
  const verify = () => run('verify-images.sh', {}, [images, '--key', 'k']);
  const cosign = (refused: string) =>
    `#!/usr/bin/env bash\necho "cosign $*" >> "$LOG"\ncase "$*" in *${refused}*) exit 1 ;; esac\n`;

  beforeEach(() => {
    rmSync(images, { recursive: true, force: true });
    mkdirSync(images);
  });

  test('asks for the digest of every image, in the registry of the charts', () => {
    program('cosign', cosign('nothing'));
    for (const name of ['auth', 'users'])
      writeFileSync(join(images, `${name}.json`), `{"tag":"t","digest":"sha256:${name}"}`);
    assert.equal(verify().status, 0);
    assert.deepEqual(readFileSync(log, 'utf8').trim().split('\n'), [
      'cosign verify ghcr.io/quayside/auth@sha256:auth --key k',
      'cosign verify ghcr.io/quayside/users@sha256:users --key k',
    ]);
  });

  test('fails with the first that is not signed', () => {
    program('cosign', cosign('auth'));
    for (const name of ['auth', 'users'])
      writeFileSync(join(images, `${name}.json`), `{"tag":"t","digest":"sha256:${name}"}`);
    assert.notEqual(verify().status, 0);
    assert.doesNotMatch(readFileSync(log, 'utf8'), /users/);
  });

  test('says that there is nothing to verify', () => {
    assert.match(verify().stdout, /names no image/);
  });
});

describe('upgrade-under-load.sh', () => {
  const upgrade = () => run('upgrade-under-load.sh');

  test('upgrades when the load runs, though its pod is made after its Job', () => {
    program('kubectl', kubectl(3));
    const { status, stderr } = upgrade();
    assert.equal(status, 0, stderr);
    const lines = readFileSync(log, 'utf8').split('\n');
    const asked = lines.findLastIndex((line) => line.includes('status.ready'));
    assert.ok(lines.findIndex((line) => line.startsWith('skaffold deploy')) > asked);
  });

  test('does not upgrade without load', () => {
    program('kubectl', kubectl(1000));
    const { status, stderr } = upgrade();
    assert.equal(status, 1);
    assert.match(stderr, /The load did not start/);
    assert.doesNotMatch(readFileSync(log, 'utf8'), /skaffold deploy/);
  });
});
