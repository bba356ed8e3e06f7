import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { createControl, type Load } from './control';
import { buildLoadProgram } from './program';

/** Settings of the generator. */
export interface LoadSettings {
  people: number;
  perSecond: number;
  /** How long events may take to arrive after the end. */
  eventsWithinSeconds?: number;
}

/** Runs the generator as a process of this machine, against a gateway that it reaches by itself. */
export async function startLocalLoad(target: string, settings: LoadSettings): Promise<Load> {
  const program = await buildLoadProgram();
  const child = spawn(process.execPath, ['-'], {
    stdio: ['pipe', 'pipe', 'inherit', 'ipc'],
    env: {
      PATH: process.env.PATH,
      TARGET: target,
      PEOPLE: String(settings.people),
      RATE: String(settings.perSecond),
      EVENTS_WITHIN_SECONDS: String(settings.eventsWithinSeconds ?? 120),
      CONTROL_PORT: '0',
    },
  });
  const { stdin, stdout } = child;
  if (stdin === null || stdout === null) throw new Error('The load generator has no pipes.');
  stdin.end(program);
  const ended = once(child, 'exit').then(() => {
    throw new Error('The load generator has ended.');
  });
  ended.catch(() => undefined);
  const line = once(createInterface(stdout), 'line') as Promise<[string]>;
  const [said] = await Promise.race([line, ended]);
  const url = `http://127.0.0.1:${said.replace('control ', '')}`;
  const load = createControl(() => Promise.resolve(url));
  return {
    ...load,
    async end() {
      await load.end();
      await ended.catch(() => undefined);
    },
  };
}
