import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** The open connections of one server and the answers each still owes. */
export interface Connections {
  /** An answer to this request is owed from now on. */
  owe(request: IncomingMessage, response: ServerResponse): void;
  /** From now on each connection ends with its last answer. */
  closeAfterAnswer(): void;
  /** Closes the connections that owe no answer, and from now on each that becomes so. */
  closeIdle(): void;
  /** Closes everything and returns how many answers were owed. */
  cutAll(): number;
}

/**
 * Only the last answer of a connection may say `Connection: close`: Node ends the connection after
 * it, and the answers to requests pipelined behind it would be lost.
 */
function announceClose(answers: Set<ServerResponse>): void {
  const last = [...answers].at(-1);
  if (last && !last.headersSent) last.setHeader('Connection', 'close');
}

/** Follows the connections of `server`. */
export function trackConnections(server: Server): Connections {
  const owed = new Map<Socket, Set<ServerResponse>>();
  let draining = false;
  let closingIdle = false;

  server.on('connection', (socket: Socket) => {
    owed.set(socket, new Set());
    socket.once('close', () => owed.delete(socket));
  });

  function owe(request: IncomingMessage, response: ServerResponse): void {
    const answers = owed.get(request.socket);
    if (!answers) return;
    answers.add(response);
    if (draining && answers.size === 1) announceClose(answers);
    // Enough here: answers that never say so (once-over.ts) are forgotten with their connection, above.
    response.once('close', () => {
      answers.delete(response);
      // An answer whose headers were sent before the drain could not announce the end.
      if (closingIdle && answers.size === 0) request.socket.end();
    });
  }

  return {
    owe,
    closeAfterAnswer() {
      draining = true;
      for (const answers of owed.values()) announceClose(answers);
    },
    closeIdle() {
      closingIdle = true;
      for (const [socket, answers] of owed) if (answers.size === 0) socket.destroy();
    },
    cutAll() {
      let cut = 0;
      for (const [socket, answers] of owed) {
        cut += answers.size;
        socket.destroy();
      }
      return cut;
    },
  };
}
