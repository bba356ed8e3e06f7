// `npm run images [-- app...] [--target=dev]`: builds the images of all apps or of those named, and says how big they
// are. Settings by environment: IMAGE_REGISTRY, IMAGE_TAG, IMAGE_VERSION, IMAGE_REVISION, NODE_IMAGE, PROD_IMAGE,
// DOCKER, DOCKER_BUILD_FLAGS (src/settings.ts says what each is).
import { parseArgs } from 'node:util';
import { chosenApps } from './apps';
import { buildArguments, type Target } from './build';
import { dockerClient, requireEngine } from './docker';
import { imageOf, readImageSettings } from './settings';
import { appShareLimit, historyFormat, readHistory, sizeLine, sizeOf } from './sizes';

function targetOf(name: string): Target {
  if (name === 'dev' || name === 'prod') return name;
  throw new Error(`There is no target "${name}": dev or prod.`);
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { target: { type: 'string', default: 'prod' } },
  });
  const settings = readImageSettings(process.env);
  const target = targetOf(values.target);
  const apps = chosenApps(positionals);
  const docker = dockerClient(settings.docker);
  await requireEngine(docker);
  for (const app of apps) await docker.show(buildArguments(settings, app, target));
  const history = ['history', '--no-trunc', '--human=false', '--format', historyFormat];
  for (const app of apps) {
    const image = imageOf(settings, app);
    const size = sizeOf(readHistory(await docker.tell([...history, image])));
    console.log(sizeLine(image, size));
    if (target === 'prod' && size.app > appShareLimit) {
      console.error(`${image}: more than 60 MiB beside its base.`);
      process.exitCode = 1;
    }
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
});
