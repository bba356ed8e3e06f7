import { colour, prefixColour } from './colours';
import { nameColumn } from './display';
import type { LogFile } from './log-file';

/** Shows what all processes log, while switched on. */
export interface LogView {
  on: boolean;
  /** Switches; what was logged while it was off is skipped. */
  toggle(): void;
  close(): void;
}

/** Reads the log files five times a second; it costs the processes nothing. */
export function createLogView(
  logs: () => readonly LogFile[],
  write: (line: string) => void,
  coloured: boolean,
): LogView {
  const show = (): void => {
    for (const [index, log] of logs().entries()) {
      const name = nameColumn(log.name);
      const prefix = coloured ? prefixColour(index)(name) : name;
      for (const line of log.newLines()) {
        if (view.on) write(`${prefix} ${readable(line, coloured)}`);
      }
    }
  };
  const timer = setInterval(show, 200);
  timer.unref();
  const view: LogView = {
    on: false,
    toggle: () => {
      show();
      view.on = !view.on;
    },
    close: () => clearInterval(timer),
  };
  return view;
}

/** A service's JSON line as time, level and message with the other fields; any other line as it is. */
function readable(line: string, coloured: boolean): string {
  const entry = parse(line);
  if (typeof entry?.message !== 'string') return line;
  const { message, level, time, ...rest } = entry;
  const shown = ['service', 'span_id', 'pid', 'hostname'];
  const fields = Object.entries(rest)
    .filter(([name]) => !shown.includes(name))
    .map(([name, value]) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(' ');
  const clock = typeof time === 'string' ? time.slice(11, 23) : '';
  const tail = coloured ? colour.dim(fields) : fields;
  return [clock, String(level).padEnd(5), message, tail].filter((part) => part !== '').join(' ');
}

function parse(line: string): Record<string, unknown> | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    return JSON.parse(line) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}
