import type { Socket } from 'node:net';
import type { Writable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** What an answer is sent through: its own output, and the socket that it may have to wait for. */
export interface Connection {
  socket: Socket;
  output: Writable;
}

export const connectionOf = (
  { raw: { socket } }: FastifyRequest,
  { raw }: FastifyReply,
): Connection => ({
  socket,
  output: raw,
});

// One listener per socket, however many answers are pipelined on it.
const waiting = new WeakMap<Socket, Set<() => void>>();
const occupied = new WeakSet<Socket>();

function waitingOn(socket: Socket): Set<() => void> {
  const known = waiting.get(socket);
  if (known !== undefined) return known;
  const all = new Set<() => void>();
  waiting.set(socket, all);
  socket.once('close', () => {
    for (const done of [...all]) done();
  });
  return all;
}

/**
 * Calls back once, when an answer was sent or its connection is gone. The output alone does not tell: an answer that
 * was pipelined behind another and never had its turn emits no `close`.
 */
export function whenGone({ socket, output }: Connection, then: () => void): void {
  const all = waitingOn(socket);
  const done = (): void => {
    if (all.delete(done)) then();
  };
  all.add(done);
  output.once('close', done);
  if (socket.destroyed) done();
}

/**
 * Keeps a connection for one answer that takes long and closes it. What is pipelined behind such an answer would never
 * be sent, and must not take what others could use.
 *
 * @returns whether it was free
 */
export function occupy(connection: Connection): boolean {
  const { socket } = connection;
  if (socket.destroyed || occupied.has(socket)) return false;
  occupied.add(socket);
  whenGone(connection, () => occupied.delete(socket));
  return true;
}
