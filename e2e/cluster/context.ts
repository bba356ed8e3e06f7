import { createInterface } from 'node:readline/promises';

const LOCAL = [/^kind-/, /^k3d-/, /^minikube$/, /^docker-desktop$/, /^rancher-desktop$/];

/** Whether a context is a cluster on this machine, by the names that the usual tools give. */
export function isLocal(context: string): boolean {
  return LOCAL.some((pattern) => pattern.test(context));
}

/** What a person answers; undefined where nobody can be asked. */
export type Ask = (question: string) => Promise<string | undefined>;

/** Asks on the terminal. */
export async function askOnTerminal(question: string): Promise<string | undefined> {
  if (!process.stdin.isTTY) return undefined;
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  return terminal.question(question).finally(() => terminal.close());
}

/** Throws unless the context is local, or its owner agrees: pods are killed and nodes drained there. */
export async function confirmContext(
  context: string,
  confirmed: string | undefined,
  ask: Ask,
): Promise<void> {
  if (isLocal(context) || confirmed === context) return;
  const warning = `The kubectl context "${context}" is not a local cluster. This installs Quayside there, kills pods and drains a node.`;
  const answer = await ask(`${warning}\nType the name of the context to go on: `);
  if (answer?.trim() === context) return;
  throw new Error(`${warning} Nothing was touched. To allow it, set CLUSTER_CONFIRM=${context}.`);
}
