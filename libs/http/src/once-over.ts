import type { ServerResponse } from 'node:http';

/**
 * Runs `over` once: when the answer is out, or when its connection has closed. A response says neither while answers to
 * earlier requests of the same connection (pipelining) are still to be sent.
 */
export function onceOver(response: ServerResponse, over: () => void): void {
  const { socket } = response.req;
  if (socket.closed) {
    over();
    return;
  }
  let isOver = false;
  const done = (): void => {
    // A response closes while its socket tells of its own end, which is then past being taken back.
    if (isOver) return;
    isOver = true;
    response.off('close', done);
    socket.off('close', done);
    over();
  };
  // As many listeners as requests are pipelined are no leak.
  socket.setMaxListeners(0);
  response.once('close', done);
  socket.once('close', done);
}
