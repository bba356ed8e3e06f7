/** One instruction of a Dockerfile, its continued lines joined. */
export interface Instruction {
  name: string;
  rest: string;
}

/** A `FROM` with what follows it. */
export interface Stage {
  name: string;
  base: string;
  instructions: Instruction[];
}

/** A Dockerfile as its stages; `args` stand before the first. */
export interface Dockerfile {
  args: Record<string, string>;
  stages: Stage[];
}

function instructionsOf(text: string): Instruction[] {
  const lines = text.split('\n').filter((line) => !line.startsWith('#'));
  const joined = lines.join('\n').replaceAll(/\\\n\s*/g, '');
  return [...joined.matchAll(/^([A-Z]+)\s+(.*)$/gm)].map(([, name = '', rest = '']) => ({
    name,
    rest,
  }));
}

/** Reads a Dockerfile. Throws for a stage without a name. */
export function readDockerfile(text: string): Dockerfile {
  const args: Record<string, string> = {};
  const stages: Stage[] = [];
  for (const instruction of instructionsOf(text)) {
    const { name, rest } = instruction;
    const stage = stages.at(-1);
    if (name === 'FROM') {
      const [, base, stageName] = /^(\S+) AS (\S+)$/.exec(rest) ?? [];
      if (!base || !stageName) throw new Error(`A stage without a name: FROM ${rest}`);
      stages.push({ name: stageName, base, instructions: [] });
    } else if (stage) {
      stage.instructions.push(instruction);
    } else if (name === 'ARG') {
      const [key = '', ...value] = rest.split('=');
      args[key] = value.join('=');
    }
  }
  return { args, stages };
}

/** A COPY: from the checkout, or from another stage. */
export interface Copy {
  from?: string;
  sources: string[];
  to: string;
}

/** The copies of a stage in their order. */
export function copiesOf({ instructions }: Stage): Copy[] {
  return instructions
    .filter(({ name }) => name === 'COPY' || name === 'ADD')
    .map(({ rest }) => {
      const words = rest.split(/\s+/);
      const paths = words.filter((word) => !word.startsWith('--'));
      return {
        from: words.find((word) => word.startsWith('--from='))?.slice('--from='.length),
        sources: paths.slice(0, -1),
        to: paths.at(-1) ?? '',
      };
    });
}
