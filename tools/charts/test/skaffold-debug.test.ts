// What `skaffold debug` lets people attach to. Skaffold makes `node` of the image's entry point
// `node --inspect=0.0.0.0:9229` and leaves the arguments as they are (its debug/transform_nodejs.go).
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { helmMissing } from '../src/helm';
import { services } from '../src/matrix';
import { render } from '../src/render';
import { inRepository } from '../src/repository';
import { setBySkaffold, skaffoldWith } from '../src/skaffold';
import { containersOf, workloadsOf } from '../src/workload';

/** The arguments of a service's own container, as Helm gets them from Skaffold. */
async function argumentsOf(service: string, profiles: string[]): Promise<string[]> {
  const { releases } = skaffoldWith(...profiles).deploy.helm;
  const release = releases.find(({ name }) => name === service);
  assert.ok(release, `no release ${service}`);
  const { chartPath: chart, valuesFiles: values = [] } = release;
  const objects = await render({ chart, release: service, values, set: setBySkaffold(release) });
  const deployment = workloadsOf(objects).find(({ manifest }) => manifest.kind === 'Deployment');
  assert.ok(deployment, `${service} has no Deployment`);
  return containersOf(deployment.pod).find(({ name }) => name === service)?.args ?? [];
}

/** The program that an inspector would stop at breakpoints, of `node --inspect` with these arguments. */
async function inspectedProgram(args: string[]): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'quayside-debug-'));
  writeFileSync(join(folder, 'main.js'), 'setInterval(() => undefined, 1000);');
  const opt = (arg: string) => arg.replace(/^\/opt\//, inRepository('tools/images/'));
  const child = spawn(process.execPath, ['--inspect=127.0.0.1:0', ...args.map(opt)], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const exit = once(child, 'exit');
  try {
    for await (const line of createInterface({ input: child.stderr })) {
      const host = /^Debugger listening on ws:\/\/([^/]+)\//.exec(line)?.[1];
      if (host === undefined) continue;
      const answer = await fetch(`http://${host}/json/list`);
      const [target] = (await answer.json()) as { title: string }[];
      return target?.title ?? 'none';
    }
    throw new Error('No inspector listens.');
  } finally {
    // Not SIGKILL: what it started would outlive it.
    child.kill('SIGTERM');
    await exit;
    rmSync(folder, { recursive: true });
  }
}

for (const profiles of [['debug'], ['prod-like', 'debug']]) {
  test(
    `skaffold debug with ${profiles.join(', ')}: the inspector is the service's`,
    { skip: helmMissing() },
    async () => {
      const all = await Promise.all(services().map((service) => argumentsOf(service, profiles)));
      for (const args of all) assert.deepEqual(args, all[0]);
      assert.equal(await inspectedProgram(all[0] ?? []), 'main.js');
    },
  );
}
