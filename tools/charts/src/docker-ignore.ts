/** One line of a `.dockerignore`. */
interface Pattern {
  exclude: boolean;
  expression: RegExp;
}

function toExpression(pattern: string): RegExp {
  const source = pattern
    .replace(/^\/|\/$/g, '')
    .split('/')
    .map((part) =>
      part === '**'
        ? '**'
        : part
            .replaceAll(/[.+^${}()|[\]\\]/g, '\\$&')
            .replaceAll('*', '[^/]*')
            .replaceAll('?', '[^/]'),
    )
    .join('/')
    .replaceAll('**/', '(?:.*/)?')
    .replaceAll('**', '.*');
  // What is in an excluded folder is excluded.
  return new RegExp(`^${source}(?:/.*)?$`);
}

/** Reads the lines of a `.dockerignore`: https://docs.docker.com/build/concepts/context/#dockerignore-files */
export const parseDockerIgnore = (text: string): Pattern[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => ({
      exclude: !line.startsWith('!'),
      expression: toExpression(line.replace(/^!/, '')),
    }));

/** Whether the path is left out of the build; the last line that fits decides. */
export const isLeftOut = (patterns: readonly Pattern[], path: string): boolean =>
  patterns.findLast(({ expression }) => expression.test(path))?.exclude ?? false;
