import { workspaceRoot } from '../workspace';
import { readCommandLine, usage, type CommandLine } from './command-line';
import { dataFolder } from './data-folder';
import { plainDisplay, seconds, type Display } from './display';
import { createLogView, type LogView } from './log-view';
import { showMails } from './mail';
import { createScreen, type Screen } from './screen';
import { onEndSignals } from './signals';
import { System, type SystemOptions } from './system';

const KEYS = 'Keys: l logs, m mail, Ctrl-C stop';

/**
 * `npm start` and `npm run dev`: brings the system up, shows it, and takes it down on Ctrl-C. Tests bring
 * another topology.
 */
export async function run(
  args: string[],
  { topology, ports = 'usual' }: Partial<Pick<SystemOptions, 'topology' | 'ports'>> = {},
): Promise<void> {
  const options = readCommandLine(args, workspaceRoot);
  if (options.help) {
    console.log(usage);
    return;
  }
  // The terminal may be gone before we are; the drain has to go on.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  const terminal = process.stdout.isTTY;
  const screen = terminal ? createScreen(process.stdout) : undefined;
  const print = (line: string): void => void process.stdout.write(`${line}\n`);
  const display = screen ?? plainDisplay(print);
  const system = new System({
    dataDir: options.data,
    ports: options.freePorts ? 'free' : ports,
    topology,
    only: options.only,
    reset: options.reset,
    display,
  });
  const logs = createLogView(() => system.logs, print, terminal);
  if (options.logs) toggleLogs(logs, screen);
  const end = endOnce(system, display, logs, screen);
  onEndSignals(
    () => void end('Draining (Ctrl-C again: kill)', 0),
    () => void system.killAll().then(() => process.exit(130)),
    {
      l: () => toggleLogs(logs, screen),
      m: () => void showMails(dataFolder(options.data).mail, screen),
    },
  );
  await bringUp(system, options, display, screen).catch((error: unknown) =>
    end(error instanceof Error ? error.message : String(error), 1),
  );
}

async function bringUp(
  system: System,
  options: CommandLine,
  display: Display,
  screen: Screen | undefined,
): Promise<void> {
  screen?.footer(`Starting. ${KEYS}`);
  await system.start();
  const { gatewayUrl } = system.runtime();
  const where =
    gatewayUrl === undefined ? '' : ` on ${gatewayUrl} (documentation: ${gatewayUrl}/docs)`;
  const ready = `Ready in ${seconds(process.uptime() * 1000)}${where}.`;
  const hint = 'Try it in another terminal: npm run demo';
  if (screen === undefined) display.notice(`${ready} ${hint}`);
  else screen.footer(`\n${ready}\n${hint}.   ${KEYS}`);
  if (!options.watch) return;
  // Loaded only now: npm start does without esbuild.
  const { watchServices } = await import('./watch');
  await watchServices(system, display);
}

function toggleLogs(logs: LogView, screen: Screen | undefined): void {
  logs.toggle();
  screen?.hide(logs.on);
}

function endOnce(system: System, display: Display, logs: LogView, screen: Screen | undefined) {
  let ending = false;
  return async (why: string, code: number): Promise<void> => {
    if (ending) return;
    ending = true;
    screen?.footer('');
    display.notice(why);
    const started = performance.now();
    await system.stop();
    display.notice(`All ended in ${seconds(performance.now() - started)}.`);
    logs.close();
    screen?.close();
    process.exit(code);
  };
}
