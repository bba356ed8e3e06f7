/** One section of a Fluentd configuration: `<name argument> ... </name>`. */
export interface Section {
  name: string;
  argument: string;
  line: number;
  parameters: Map<string, string>;
  sections: Section[];
}

const OPEN = /^<(\w+)\s*([^>]*)>$/;
const CLOSE = /^<\/(\w+)>$/;

/** Reads a configuration. Throws with the line where sections do not nest. */
export function parseFluentd(text: string): Section {
  const root: Section = { name: '', argument: '', line: 0, parameters: new Map(), sections: [] };
  const open = [root];
  text.split('\n').forEach((raw, index) => {
    const content = raw.trim();
    const current = open.at(-1) ?? root;
    if (content === '' || content.startsWith('#')) return;
    const [, closed] = CLOSE.exec(content) ?? [];
    if (closed !== undefined) {
      if (open.length === 1 || closed !== current.name)
        throw new Error(`line ${index + 1}: </${closed}> where <${current.name}> is open`);
      open.pop();
      return;
    }
    const [, name, argument = ''] = OPEN.exec(content) ?? [];
    if (name !== undefined) {
      const section = {
        name,
        argument: argument.trim(),
        line: index + 1,
        parameters: new Map(),
        sections: [],
      };
      current.sections.push(section);
      open.push(section);
      return;
    }
    const [parameter = '', ...value] = content.split(/\s+/);
    if (current.parameters.has(parameter) && parameter !== '@include')
      throw new Error(`line ${index + 1}: ${parameter} is set twice`);
    current.parameters.set(parameter, value.join(' '));
  });
  if (open.length > 1) throw new Error(`<${open.at(-1)?.name ?? ''}> is never closed`);
  return root;
}

// Sections that are a plugin, and so must say which.
const PLUGINS = ['source', 'match', 'filter', 'parse', 'format', 'store'];
const TOP = ['source', 'match', 'filter', 'label', 'system', 'worker'];

function missingTypes(section: Section): string[] {
  const own =
    PLUGINS.includes(section.name) && !section.parameters.has('@type')
      ? [`line ${section.line}: <${section.name}> has no @type`]
      : [];
  return [...own, ...section.sections.flatMap(missingTypes)];
}

/** Whether everything with this tag pattern is taken by the other one, for the patterns that are used here. */
const covers = (pattern: string, other: string) =>
  pattern === '**' ||
  pattern === other ||
  (pattern.endsWith('.**') && other.startsWith(pattern.slice(0, -2)));

/** `<filter>` and `<match>` that no event reaches, because a `<match>` before them has taken it. */
function unreachable({ sections }: Section): string[] {
  const taken: string[] = [];
  return sections.flatMap(({ name, argument, line, sections: inner, parameters }) => {
    if (name === 'label') return unreachable({ name, argument, line, sections: inner, parameters });
    if (name !== 'match' && name !== 'filter') return [];
    const patterns = argument.split(/\s+/);
    const lost = patterns.every((pattern) => taken.some((each) => covers(each, pattern)));
    if (name === 'match') taken.push(...patterns);
    return lost ? [`line ${line}: nothing reaches <${name} ${argument}>`] : [];
  });
}

/** What is wrong with a Fluentd configuration, as far as its text tells. */
export function fluentdProblems(text: string): string[] {
  const root = parseFluentd(text);
  return [
    ...root.sections
      .filter(({ name }) => !TOP.includes(name))
      .map(({ name, line }) => `line ${line}: <${name}> is no section of its own`),
    ...missingTypes(root),
    ...unreachable(root),
    ...(root.sections.some(({ name }) => name === 'source') ? [] : ['it has no source']),
  ];
}
