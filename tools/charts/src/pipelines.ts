import { parse } from 'yaml';

/** What every pipeline does, whatever runs it, and how that is recognized in its text. */
const STAGES: Record<string, RegExp> = {
  'what must hold on any machine': /\bbash \.ci\/run\b/,
  'what a change affects': /nx affected --target=/,
  'protos break nothing': /npm run --silent protos:breaking/,
  'both releases on one schema': /npm run --silent test:previous/,
  'rendering of all that is installed': /write-rendered\.ts rendered/,
  'Trivy on what is rendered': /trivy config .*rendered|scan-type: config\s+scan-ref: rendered/,
  'signatures of npm packages': /npm audit signatures/,
  'secrets in the history': /gitleaks.* git\b/,
  'a search for faults in the code': /codeql-action|SAST\.gitlab-ci|semgrep scan/,
  'an upgrade of a cluster under load': /install-base\.sh[\s\S]*upgrade-under-load\.sh/,
  'the journeys as a Job': /skaffold verify --profile ci/,
  'the night in a cluster': /load-images\.sh[\s\S]*npm run test:cluster/,
  'SBOM and provenance': /sbom[:=] ?true[\s\S]{0,40}provenance[:=] ?mode=max/,
  'the release to staging': /--to staging|release\('staging'/,
  'the release to production': /--to production|release\('production'/,
  'the journeys after a release': /e2e\/smoke\/main\.ts/,
};

/** The stages that a pipeline lacks. */
export const missingStages = (text: string): string[] =>
  Object.entries(STAGES)
    .filter(([, sign]) => !sign.test(text))
    .map(([stage]) => stage);

const PUSH = /--push\b|push: true/g;
const DIGEST = String.raw`(?:@\$(?:digest|DIGEST)\b|@\$\{\{ steps\.build\.outputs\.digest \}\})`;
/** What happens to the digest that was pushed, in this order. */
const AFTER_PUSH: [what: string, sign: RegExp][] = [
  ['started', new RegExp(`start-image\\.sh .*${DIGEST}`)],
  ['scanned', new RegExp(`(trivy image|image-ref:) .*${DIGEST}`)],
  ['signed', new RegExp(`cosign sign --yes .*${DIGEST}`)],
];

/** Whether what is pushed is built once, and is what is then started, scanned and signed. */
export function buildProblems(text: string): string[] {
  const pushes = [...text.matchAll(PUSH)];
  const [{ index } = { index: 0 }] = pushes;
  const places = AFTER_PUSH.map(([what, sign]) => ({ what, at: text.slice(index).search(sign) }));
  return [
    ...(pushes.length === 1 ? [] : [`an image is pushed in ${pushes.length} places`]),
    ...places
      .filter(({ at }, number) => at === -1 || at < (places[number - 1]?.at ?? 0))
      .map(({ what }) => `the digest that was pushed is not ${what} in its turn`),
  ];
}

interface Jobs {
  jobs: Record<string, { needs?: string | string[]; steps?: { run?: string }[] }>;
}

const VERIFIES = /verify-images\.sh images[\s\\]+--(certificate-identity|key) /;

/** Jobs of a workflow that release to production what no job before them has verified the signature of. */
export function unverified(text: string): string[] {
  const { jobs } = parse(text) as Jobs;
  const runs = (name: string) => (jobs[name]?.steps ?? []).map(({ run = '' }) => run).join('\n');
  return Object.entries(jobs)
    .filter(([name]) => runs(name).includes('deploy --to production'))
    .filter(([, { needs = [] }]) => ![needs].flat().some((name) => VERIFIES.test(runs(name))))
    .map(([name]) => `the job ${name} releases what nobody has verified`);
}

/** The same for pipelines that are read as text: the verification comes first. */
export function verifiedLate(text: string): boolean {
  const verified = text.search(VERIFIES);
  return verified === -1 || verified > text.search(STAGES['the release to production'] ?? /$/);
}

/** Lists of apps that are kept by hand: `[auth, ...]`, `["auth", ...]`, `values 'auth', ...`. */
export const appLists = (text: string): string[][] =>
  [...text.matchAll(/(?:\[|\bvalues )((?:["']?[a-z-]+["']?(?:, ?)?)+)/g)]
    .map(([, list = '']) => list.replaceAll(/["' ]/g, '').split(',').filter(Boolean))
    .filter((names) => names.includes('gateway') && names.includes('payments'));
