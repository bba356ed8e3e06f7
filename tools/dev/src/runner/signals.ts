/** npm passes on the Ctrl-C that the terminal has already sent: two so close are one. */
const SAME_SIGNAL_MS = 400;

const CTRL_C = '\u0003';

/**
 * Calls `first` at the first Ctrl-C (SIGINT, SIGTERM, SIGHUP or the key), `second` at the next, and what belongs to a key
 * when it is pressed. Keys are for a terminal only.
 */
export function onEndSignals(
  first: () => void,
  second: () => void,
  keys: Record<string, () => void>,
): void {
  let at: number | undefined;
  const end = (): void => {
    const now = performance.now();
    if (at === undefined) {
      at = now;
      first();
    } else if (now - at > SAME_SIGNAL_MS) {
      second();
    }
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, end);
  const { stdin } = process;
  if (!stdin.isTTY || !process.stdout.isTTY) return;
  const byKey = new Map(Object.entries({ ...keys, [CTRL_C]: end }));
  // Single keys need raw mode, in which the terminal makes no signal of Ctrl-C.
  stdin.setRawMode(true);
  process.once('exit', () => stdin.setRawMode(false));
  stdin.on('data', (pressed: Buffer) => {
    for (const key of pressed.toString()) byKey.get(key)?.();
  });
  stdin.unref();
}
