import { spawn } from 'node:child_process';
import { workspaceRoot } from './apps';
import { collect, type Outcome } from './collect';

/** Calls the container client. */
export interface Docker {
  /** Collects what it prints. Never throws. */
  ask(args: string[]): Promise<Outcome>;
  /** What it prints, without the last line break. Throws with its words when it fails. */
  tell(args: string[]): Promise<string>;
  /** Shows what it prints. Throws when it fails. */
  show(args: string[]): Promise<void>;
}

/** The client of that name on the PATH. Builds need BuildKit. */
export function dockerClient(program: string): Docker {
  const env = { ...process.env, DOCKER_BUILDKIT: '1' };
  const ask = (args: string[]) => collect(program, args, env);
  return {
    ask,
    async tell(args) {
      const { status, stdout, output } = await ask(args);
      if (status === 0) return stdout.trimEnd();
      throw new Error(`${program} ${args.slice(0, 2).join(' ')}: ${output.trim()}`);
    },
    show: (args) =>
      new Promise((resolve, reject) => {
        const child = spawn(program, args, { cwd: workspaceRoot, env, stdio: 'inherit' });
        child.once('error', reject);
        child.once('close', (status) => {
          if (status === 0) resolve();
          else reject(new Error(`${program} ${args[0] ?? ''} ended with ${status ?? 'a signal'}.`));
        });
      }),
  };
}

/** Throws with a sentence when there is no engine to talk to. */
export async function requireEngine(docker: Docker): Promise<void> {
  const { status, stderr } = await docker.ask(['version', '--format', '{{.Server.Version}}']);
  if (status === 0) return;
  throw new Error(
    `No Docker engine answers; start it, or name another client by DOCKER.\n${stderr}`,
  );
}
