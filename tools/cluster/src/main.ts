// `npm run cluster:up` and `npm run cluster:down`.
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { commandRunner } from './command';
import { clusterDown } from './down';
import { docker, explainMissing, helm, kind, kubectl, missingTools, skaffold } from './tools';
import type { PodSecurity } from './prepare';
import { clusterUp } from './up';

const usage = `Usage: npm run cluster:up [-- options]     npm run cluster:down

  --context NAME        prepare this local cluster (k3d, minikube, Docker Desktop ...) instead of making one with kind
  --pod-security LEVEL  what the namespace enforces: baseline (default) or restricted (as in CI)`;

const say = (line: string): void => console.log(line);

/** Says what is missing; throws when the cluster cannot be made without it. */
function checkTools(makesCluster: boolean): void {
  const base = makesCluster ? [docker, kind, kubectl, helm] : [kubectl, helm];
  const missing = missingTools([...base, skaffold], process.env.PATH ?? '');
  if (missing.length === 0) return;
  const words = explainMissing(missing, process.platform);
  if (missing.some((tool) => tool !== skaffold)) throw new Error(words);
  say(words);
}

function podSecurityLevel(given: string): PodSecurity {
  if (given === 'baseline' || given === 'restricted') return given;
  throw new Error(`--pod-security is baseline or restricted, not "${given}".\n\n${usage}`);
}

async function main(): Promise<void> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      context: { type: 'string' },
      'pod-security': { type: 'string', default: 'baseline' },
      help: { type: 'boolean', default: false },
    },
  });
  const run = commandRunner(process.env);
  const command = positionals.length === 1 ? positionals[0] : undefined;
  if (values.help || (command !== 'up' && command !== 'down')) {
    say(usage);
    process.exitCode = values.help ? 0 : 2;
    return;
  }
  if (command === 'down') {
    const missing = missingTools([docker, kind], process.env.PATH ?? '');
    if (missing.length > 0) throw new Error(explainMissing(missing, process.platform));
    await clusterDown(run, say);
    return;
  }
  const { context } = values;
  const podSecurity = podSecurityLevel(values['pod-security']);
  checkTools(context === undefined);
  await clusterUp(run, say, { context, podSecurity, folder: join(__dirname, '..') });
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
});
