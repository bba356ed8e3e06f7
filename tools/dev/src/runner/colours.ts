const escape = (code: number) => (text: string) => `\u001b[${code}m${text}\u001b[0m`;

/** Terminal colours; for a terminal only. */
export const colour = {
  bold: escape(1),
  dim: escape(2),
  red: escape(31),
  green: escape(32),
  yellow: escape(33),
  blue: escape(34),
  magenta: escape(35),
  cyan: escape(36),
};

const prefixes = [colour.cyan, colour.magenta, colour.yellow, colour.blue, colour.green];

/** One colour for each process, by its place in the list. */
export function prefixColour(index: number): (text: string) => string {
  return prefixes[index % prefixes.length] ?? colour.cyan;
}
