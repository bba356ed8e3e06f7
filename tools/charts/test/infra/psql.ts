import type { Client } from 'pg';
import { escapeIdentifier, escapeLiteral } from 'pg';

/** `:'name'` and `:"name"` become the quoted value of a variable, as psql does it. */
function withVariables(text: string, variables: Readonly<Record<string, string>>): string {
  return text.replace(/:(['"])(\w+)\1/g, (_, quote: string, name: string) => {
    const value = variables[name];
    if (value === undefined) throw new Error(`The script uses :${name}, which is not set.`);
    return quote === "'" ? escapeLiteral(value) : escapeIdentifier(value);
  });
}

/**
 * Runs a script of psql's: statements, variables and `\gexec`, which runs what a query returns. Nothing more of psql is
 * known. PostgreSQL's programs in npm come without psql, and this must be tested wherever npm is.
 */
export async function runPsqlScript(
  client: Client,
  script: string,
  variables: Readonly<Record<string, string>>,
): Promise<void> {
  const code = script.replace(/^--.*$/gm, '');
  for (const piece of code.split(/;[^\S\n]*$|(?<=\\gexec)[^\S\n]*$/m).map((text) => text.trim())) {
    if (piece === '') continue;
    const generates = piece.endsWith('\\gexec');
    const query = withVariables(piece.replace(/\\gexec$/, ''), variables);
    const { rows } = await client.query<string[]>({ text: query, rowMode: 'array' });
    if (generates) for (const statement of rows.flat()) await client.query(statement);
  }
}
