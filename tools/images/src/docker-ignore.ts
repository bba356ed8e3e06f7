/** Says which files of the repository a build cannot see; paths are relative to the folder of the .dockerignore. */
export type Ignored = (path: string) => boolean;

interface Pattern {
  matches: RegExp;
  /** `!pattern`: seen again. */
  exception: boolean;
}

const escaped = (text: string) => text.replaceAll(/[.+^${}()|[\]\\]/g, '\\$&');

/** Docker's wildcards, by Go's filepath.Match and `**`; a folder's pattern holds for all that is in it. */
function expressionOf(pattern: string): RegExp {
  const parts = pattern.split(/(\*\*\/|\*\*|\*|\?)/);
  const meanings: Record<string, string> = {
    '**/': '(?:.*/)?',
    '**': '.*',
    '*': '[^/]*',
    '?': '[^/]',
  };
  return new RegExp(`^${parts.map((part) => meanings[part] ?? escaped(part)).join('')}(?:/.*)?$`);
}

function patternOf(line: string): Pattern {
  const exception = line.startsWith('!');
  const text = line.slice(exception ? 1 : 0).replace(/^\/|\/$/g, '');
  return { matches: expressionOf(text), exception };
}

/** Reads a .dockerignore: the last line that matches decides (docs.docker.com, build context). */
export function readDockerIgnore(text: string): Ignored {
  const lines = text.split('\n').map((line) => line.trim());
  const patterns = lines.filter((line) => line !== '' && !line.startsWith('#')).map(patternOf);
  return (path) => {
    const last = patterns.findLast(({ matches }) => matches.test(path));
    return last !== undefined && !last.exception;
  };
}
