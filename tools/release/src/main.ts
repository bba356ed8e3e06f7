// Releases images by commits to helm/releases; docs/releases.md and docs/ci/README.md say how it is used.
import { parseArgs } from 'node:util';
import { connectionSeconds } from './connections';
import { gitIn } from './git';
import { imagesFor, imagesOfBuild, imagesToPromote, replicasOf, writeImages } from './plan';
import { prometheus } from './prometheus';
import type { Image } from './release-file';
import { walkRelease } from './walk';

const usage = `Usage: npm run release -- deploy --to staging --images FOLDER    releases FOLDER/<service>.json (tag, digest)
       npm run release -- plan --to production --from staging --write FOLDER
                                              says what a promotion would do, and writes that folder for deploy

  --branch main        branch to push to            --namespace quayside
  --watch 600          seconds to watch each step; 0 only waits for the pods
  --objective 0.999    share of good requests       --max-burn 14.4      --max-p99 1      --min-requests 50

  --blind 180          seconds to wait after each step where there is no Prometheus

PROMETHEUS_URL (and PROMETHEUS_TOKEN) name the Prometheus of the cluster. Without it nobody looks at the steps.`;

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    to: { type: 'string' },
    from: { type: 'string' },
    images: { type: 'string' },
    write: { type: 'string' },
    branch: { type: 'string', default: 'main' },
    namespace: { type: 'string', default: 'quayside' },
    watch: { type: 'string', default: '600' },
    blind: { type: 'string', default: '180' },
    objective: { type: 'string', default: '0.999' },
    'max-burn': { type: 'string', default: '14.4' },
    'max-p99': { type: 'string', default: '1' },
    'min-requests': { type: 'string', default: '50' },
  },
});

function number(
  name: 'watch' | 'blind' | 'objective' | 'max-burn' | 'max-p99' | 'min-requests',
): number {
  const value = Number(values[name]);
  if (!Number.isFinite(value) || value < 0) throw new Error(`--${name} is a number.\n\n${usage}`);
  if (name === 'objective' && value >= 1) throw new Error('--objective is below 1, e.g. 0.999.');
  return value;
}

const root = process.cwd();
const say = (line: string): void => console.log(line);

async function images(command: string | undefined, to: string): Promise<Map<string, Image>> {
  if (command === 'deploy' && values.images !== undefined) {
    const built = await imagesOfBuild(values.images);
    const chosen = await imagesFor(root, to, built);
    for (const service of built.keys()) {
      if (!chosen.has(service)) say(`${service}: helm/releases/${to} has no file, so not released`);
    }
    return chosen;
  }
  if (command === 'plan' && values.from !== undefined) {
    return imagesToPromote(root, values.from, to);
  }
  throw new Error(usage);
}

async function main(): Promise<void> {
  const command = positionals[0];
  const { to } = values;
  if (to === undefined) throw new Error(usage);
  const chosen = await images(command, to);
  if (chosen.size === 0) say(`Nothing to release: ${to} runs these images already.`);
  for (const [service, { tag, digest }] of chosen) say(`${service} ${tag} ${digest}`);
  if (command === 'plan') {
    if (values.write !== undefined) await writeImages(values.write, chosen);
    return;
  }

  const url = process.env.PROMETHEUS_URL;
  const token = process.env.PROMETHEUS_TOKEN;
  if (!url) say('PROMETHEUS_URL is not set: nobody looks at the steps.');
  for (const [service, image] of chosen) {
    await walkRelease({
      root,
      environment: to,
      namespace: values.namespace,
      service,
      image,
      replicas: await replicasOf(root, to),
      git: gitIn(root, values.branch),
      query: url ? prometheus({ url, token: token === '' ? undefined : token }) : undefined,
      blindSeconds: number('blind'),
      connectionSeconds: await connectionSeconds(root, to, service),
      slo: {
        objective: number('objective'),
        maxBurn: number('max-burn'),
        maxP99Seconds: number('max-p99'),
        minRequests: number('min-requests'),
      },
      rollout: { seconds: 1800, everySeconds: 15 },
      watch: { seconds: number('watch'), everySeconds: 15, windowSeconds: 120 },
      say,
    });
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
});
