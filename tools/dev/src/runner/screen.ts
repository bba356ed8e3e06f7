import { colour } from './colours';
import { nameColumn, plainDisplay, reachable, seconds, type Display } from './display';
import type { ProcessState, ProcessStatus } from './managed-process';
import { residentBytes } from './memory';

/** A display that draws one screen and keeps it up to date. */
export interface Screen extends Display {
  /** Pauses drawing while logs are shown; what happens then is said in plain lines between them. */
  hide(hidden: boolean): void;
  /** Writes above what is drawn, where it stays. */
  above(text: string): void;
  /** The line at the bottom: what is happening, which keys there are. */
  footer(text: string): void;
  close(): void;
}

const marks: Record<ProcessState, string> = {
  waiting: colour.dim('· waiting '),
  starting: colour.yellow('◌ starting'),
  ready: colour.green('● ready   '),
  crashed: colour.red('✗ crashed '),
  stopping: colour.yellow('◌ stopping'),
  stopped: colour.dim('○ stopped '),
  failed: colour.red('✗ failed  '),
};

const NOTICES_SHOWN = 6;

/** Draws to a terminal: a line for each process, the latest notices, a footer. */
export function createScreen(out: NodeJS.WriteStream): Screen {
  const processes = new Map<string, ProcessStatus>();
  const memory = new Map<string, number>();
  const notices: string[] = [];
  let footer = '';
  let drawn = 0;
  let hidden = false;
  let scheduled: NodeJS.Immediate | undefined;
  const plain = plainDisplay((line) => void out.write(`${line}\n`));

  /** Back to where the last drawing began, which goes. */
  const erase = (): string => `${drawn > 0 ? `\u001b[${drawn}A` : ''}\u001b[0J`;
  const draw = (): void => {
    scheduled = undefined;
    if (hidden) return;
    const lines = [
      colour.bold('Quayside'),
      '',
      ...[...processes.values()].map((one) => processLine(one, memory.get(one.name))),
      '',
      ...notices.slice(-NOTICES_SHOWN),
      ...footer.split('\n'),
    ].map((line) => cut(line, out.columns));
    out.write(`${erase()}${lines.join('\n')}\n`);
    drawn = lines.length;
  };
  const redraw = (): void => {
    scheduled ??= setImmediate(draw);
  };
  const measure = setInterval(() => {
    const pids = [...processes.values()].map(({ name, pid }) => [name, pid] as const);
    void Promise.all(
      pids.map(async ([name, pid]) => {
        const bytes = pid === undefined ? undefined : await residentBytes(pid);
        if (bytes === undefined) memory.delete(name);
        else memory.set(name, bytes);
      }),
    ).then(redraw);
  }, 2000);
  measure.unref();

  return {
    status: (status) => {
      processes.set(status.name, { ...status });
      if (hidden) plain.status(status);
      redraw();
    },
    notice: (text) => {
      notices.push(...text.split('\n'));
      if (hidden) plain.notice(text);
      redraw();
    },
    step: (name, tookMs) => {
      notices.push(colour.dim(`${name} done in ${seconds(tookMs)}`));
      if (hidden) plain.step(name, tookMs);
      redraw();
    },
    above: (text) => {
      out.write(`${hidden ? '' : erase()}${text}\n`);
      drawn = 0;
      redraw();
    },
    footer: (text) => {
      footer = text;
      if (hidden && text !== '') plain.notice(text.trim());
      redraw();
    },
    hide: (value) => {
      hidden = value;
      drawn = 0;
      redraw();
    },
    close: () => {
      clearInterval(measure);
      clearImmediate(scheduled);
      draw();
    },
  };
}

function processLine(status: ProcessStatus, bytes: number | undefined): string {
  const { name, state, pid, ports, startedInMs, restarts, detail } = status;
  const parts = [
    ` ${marks[state]} ${colour.bold(nameColumn(name))}`,
    reachable(ports).padEnd(34),
    pid === undefined ? '' : `pid ${pid}`,
    pid === undefined || bytes === undefined ? '' : `${Math.round(bytes / 1024 / 1024)} MiB`,
    state !== 'ready' || startedInMs === undefined ? '' : colour.dim(seconds(startedInMs)),
    restarts > 0 ? colour.red(`restarted ${restarts}x`) : '',
    state === 'ready' || detail === undefined ? '' : colour.red(detail),
  ];
  return parts.filter((part) => part !== '').join('  ');
}

/** Cuts a line to the terminal's width, colours not counted: a wrapped line would break the redrawing. */
function cut(line: string, width: number): string {
  const pieces = line.split(/(\u001b\[\d+m)/);
  let left = width - 1;
  return pieces
    .map((piece) => {
      if (piece.startsWith('\u001b')) return piece;
      const kept = piece.slice(0, Math.max(0, left));
      left -= piece.length;
      return kept;
    })
    .join('');
}
