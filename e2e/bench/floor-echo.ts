import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

async function startEcho(...args: string[]) {
  const child = fork(join(import.meta.dirname, 'echo.ts'), args, {
    execArgv: ['--import', 'tsx'],
  });
  const [port] = (await once(child, 'message')) as [number];
  return { child, port };
}

async function end(child: ChildProcess): Promise<void> {
  const ended = once(child, 'exit');
  child.kill();
  await ended;
}

/** Starts both processes of the echo; `url` takes the same POST as the gateway. */
export async function startEchoFloor() {
  const back = await startEcho('back');
  const front = await startEcho('front', String(back.port));
  return {
    url: `http://127.0.0.1:${front.port}/api/v1/payments`,
    async stop() {
      await end(front.child);
      await end(back.child);
    },
  };
}
