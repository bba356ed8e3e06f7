import { readFileSync } from 'node:fs';
import { inRepository } from './repository';

/** One instruction, with what follows it on the lines that it is continued on. */
interface Instruction {
  name: string;
  rest: string;
}

/** What a Dockerfile refers to. */
export interface Dockerfile {
  stages: string[];
  /** Bases of the stages: names of stages, or images. */
  bases: string[];
  args: string[];
  /** Files and folders of the repository that are copied; may hold `${ARG}` and `*`. */
  copies: string[];
  /** Stages that are copied from. */
  copiedStages: string[];
  exposed: string[];
  /** The variables that a stage sets. */
  variablesOf(stage: string): Map<string, string>;
}

function instructionsOf(text: string): Instruction[] {
  const lines = text.split('\n').filter((line) => !/^\s*#/.test(line));
  const joined = lines.join('\n').replaceAll(/\\\n/g, ' ');
  return joined.split('\n').flatMap((line) => {
    const [, name, rest = ''] = /^\s*([A-Za-z]+)\s+(.*)$/.exec(line) ?? [];
    return name ? [{ name: name.toUpperCase(), rest: rest.trim() }] : [];
  });
}

const FROM_STAGE = /--from=(\S+)/;

function sourcesOf(rest: string): string[] {
  const words = rest
    .split(/\s+/)
    .filter((word) => !word.startsWith('--'))
    .map((word) => word.replaceAll(/[[\]",]/g, ''));
  // The last one is where to.
  return words.slice(0, -1);
}

const STAGE_NAME = /\sas\s+(\S+)/i;

function variablesOf(instructions: readonly Instruction[], stage: string): Map<string, string> {
  const start = instructions.findIndex(
    ({ name, rest }) => name === 'FROM' && STAGE_NAME.exec(rest)?.[1] === stage,
  );
  const rest = instructions.slice(start + 1);
  const end = rest.findIndex(({ name }) => name === 'FROM');
  const own = start === -1 ? [] : rest.slice(0, end === -1 ? undefined : end);
  const pairs = own
    .filter(({ name }) => name === 'ENV')
    .flatMap((each) => [...each.rest.matchAll(/(\w+)=("[^"]*"|\S+)/g)]);
  return new Map(pairs.map(([, name = '', value = '']) => [name, value.replaceAll('"', '')]));
}

/** Reads a Dockerfile of the repository. */
export function readDockerfile(path: string): Dockerfile {
  const instructions = instructionsOf(readFileSync(inRepository(path), 'utf8'));
  const of = (name: string) => instructions.filter((each) => each.name === name);
  const copies = [...of('COPY'), ...of('ADD')];
  return {
    variablesOf: (stage) => variablesOf(instructions, stage),
    stages: of('FROM').flatMap(({ rest }) => STAGE_NAME.exec(rest)?.[1] ?? []),
    bases: of('FROM').map(
      ({ rest }) => rest.replace(/--platform=\S+\s+/, '').split(/\s+/)[0] ?? '',
    ),
    args: of('ARG').map(({ rest }) => rest.split('=')[0] ?? ''),
    copies: copies
      .filter(({ rest }) => !FROM_STAGE.test(rest))
      .flatMap(({ rest }) => sourcesOf(rest)),
    copiedStages: copies.flatMap(({ rest }) => FROM_STAGE.exec(rest)?.[1] ?? []),
    exposed: of('EXPOSE').flatMap(({ rest }) => rest.split(/\s+/)),
  };
}
