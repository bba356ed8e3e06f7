import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { inRepository, isInRepository } from './repository';

type Settings = Record<string, unknown>;

interface Job {
  env?: Settings;
  'timeout-minutes'?: number;
  steps?: { run?: string; env?: Settings }[];
}

/** Commands of ours that refuse to start without these settings. */
const NEEDS: { command: RegExp; settings: string[] }[] = [
  { command: /\btest:cluster\b|\/load-images\.sh\b/, settings: ['IMAGE_TAG'] },
  { command: /\be2e\/smoke\/main\.ts\b|npm run smoke\b/, settings: ['QUAYSIDE_URL'] },
];

/** Commands that need another one before them in the same job, and what is wrong without it. */
const FIRST: { command: RegExp; first: string; otherwise: string }[] = [
  { command: /\btest:cluster\b/, first: 'load-images.sh', otherwise: 'a cluster has no images' },
  {
    command: /\.ci\/run\b|--projects=charts\b/,
    first: 'install-judges.sh',
    otherwise: 'kcat and promtool are missing, and their tests are skipped',
  },
];

/** The steps take three quarters of an hour (e2e/cluster/README.md), images and cluster come before. */
const CLUSTER_TEST_MINUTES = 90;

const scripts = () =>
  Object.keys(
    (JSON.parse(readFileSync(inRepository('package.json'), 'utf8')) as { scripts: object }).scripts,
  );

/** What a pipeline runs of this repository and is not there: files, and scripts of package.json. */
export function missingCommands(text: string): string[] {
  const files = [...text.matchAll(/\b(?:bash|node(?: --import tsx)?) ([\w.-]*\/[\w./-]+)/g)];
  const named = [...text.matchAll(/\bnpm run (?:--silent )?([\w:-]+)/g)];
  const known = scripts();
  return [
    ...files.map(([, file = '']) => file).filter((file) => !isInRepository(file)),
    ...named.map(([, name = '']) => name).filter((name) => !known.includes(name)),
  ];
}

function jobProblems(name: string, job: Job, given: Settings): string[] {
  const steps = job.steps ?? [];
  const before = (at: number) => steps.slice(0, at).map(({ run = '' }) => run);
  return steps.flatMap(({ run = '', env = {} }, at) => {
    const known = { ...given, ...job.env, ...env };
    const lacking = NEEDS.filter(({ command }) => command.test(run))
      .flatMap(({ settings }) => settings)
      .filter((setting) => !(setting in known) && !run.includes(`${setting}=`));
    const early = FIRST.filter(({ command }) => command.test(run)).filter(
      ({ first }) => !before(at).some((earlier) => earlier.includes(first)),
    );
    const hurried =
      /\btest:cluster\b/.test(run) && (job['timeout-minutes'] ?? 0) < CLUSTER_TEST_MINUTES;
    return [
      ...lacking.map((setting) => `the job ${name} runs "${run}" without ${setting}`),
      ...early.map(({ otherwise }) => `the job ${name} runs "${run}" when ${otherwise}`),
      ...(hurried ? [`the job ${name} has less than ${CLUSTER_TEST_MINUTES} minutes for it`] : []),
    ];
  });
}

/** Commands of a workflow that cannot do what they are called for: settings, images or time are missing. */
export function commandProblems(text: string): string[] {
  const { env = {}, jobs } = parse(text) as { env?: Settings; jobs: Record<string, Job> };
  return [
    ...missingCommands(text).map((what) => `runs ${what}, which is not there`),
    ...Object.entries(jobs).flatMap(([name, job]) => jobProblems(name, job, env)),
  ];
}
