import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { Run } from './command';

/** A program that the local cluster, or what runs on it, needs. */
export interface Tool {
  name: string;
  what: string;
  /** Without it there is no cluster; otherwise only what comes after is missing. */
  needed: 'to make the cluster' | 'to run Quayside on it';
  get: { mac: string; linux: string };
}

const page = {
  docker: 'https://docs.docker.com/engine/install/',
  kind: 'https://kind.sigs.k8s.io/docs/user/quick-start/#installation',
  kubectl: 'https://kubernetes.io/docs/tasks/tools/',
  helm: 'https://helm.sh/docs/intro/install/',
  skaffold: 'https://skaffold.dev/docs/install/',
};

export const docker: Tool = {
  name: 'docker',
  what: 'runs the nodes of the cluster and builds the images',
  needed: 'to make the cluster',
  get: { mac: 'brew install --cask docker', linux: page.docker },
};
export const kind: Tool = {
  name: 'kind',
  what: 'makes a Kubernetes cluster out of containers (0.32 or newer)',
  needed: 'to make the cluster',
  get: { mac: 'brew install kind', linux: page.kind },
};
export const kubectl: Tool = {
  name: 'kubectl',
  what: 'talks to the cluster',
  needed: 'to make the cluster',
  get: { mac: 'brew install kubectl', linux: page.kubectl },
};
export const helm: Tool = {
  name: 'helm',
  what: 'installs charts (3.14 or newer)',
  needed: 'to make the cluster',
  get: { mac: 'brew install helm', linux: page.helm },
};
export const skaffold: Tool = {
  name: 'skaffold',
  what: 'builds the images and deploys Quayside (2.19 or newer)',
  needed: 'to run Quayside on it',
  get: { mac: 'brew install skaffold', linux: page.skaffold },
};

/** Those of the tools that are not on the PATH. */
export function missingTools(tools: Tool[], path: string): Tool[] {
  const folders = path.split(delimiter).filter((folder) => folder !== '');
  return tools.filter(({ name }) => !folders.some((folder) => isProgram(join(folder, name))));
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Says, tool by tool, what is missing, what it is for and how to get it. */
export function explainMissing(missing: Tool[], platform: NodeJS.Platform): string {
  const lines = missing.map(({ name, what, needed, get }) => {
    const how = platform === 'darwin' ? get.mac : get.linux;
    return `  ${name.padEnd(9)} ${what}; needed ${needed}.\n            Get it: ${how}`;
  });
  return `Not found on the PATH:\n${lines.join('\n')}`;
}

/** Throws with a sentence when Docker is installed and nothing answers behind it. */
export async function checkDockerRuns(run: Run): Promise<void> {
  const { status, stderr } = await run('docker', ['version', '--format', '{{.Server.Version}}']);
  if (status === 0) return;
  throw new Error(
    `Docker is installed, but its engine does not answer: ${stderr.trim()}\n` +
      'Start it (Docker Desktop, or on Linux: sudo systemctl start docker), and see that you may use it.',
  );
}
