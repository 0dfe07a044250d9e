import type { IncomingMessage, Server, ServerResponse } from 'node:http';

/** Whether an answer may go straight to the socket: it is its turn, and the connection stays open after it. */
export function mayGoStraight(
  { httpVersion, headers: { connection } }: IncomingMessage,
  { socket }: ServerResponse,
): boolean {
  // What is pipelined behind an answer that is not at its end has no socket yet.
  if (httpVersion !== '1.1' || socket?.writable !== true) return false;
  return connection === undefined || connection.toLowerCase() === 'keep-alive';
}

/**
 * Sends an answer whose head is written already. Node's own way checks every header and puts the head together anew for
 * each answer, a seventh of a poll (docs/adr/0022-polls.md). To the server the response has come to its end, as it is
 * told of any other: it goes on with the connection.
 *
 * @param response one that {@link mayGoStraight}
 * @param head up to the empty line
 */
export function sendStraight(
  response: ServerResponse,
  status: number,
  head: string,
  body?: Buffer,
): void {
  const { socket } = response;
  response.statusCode = status;
  socket?.cork();
  socket?.write(head, 'latin1');
  if (body !== undefined) socket?.write(body);
  socket?.uncork();
  response.emit('finish');
}

/** How a head ends on a connection that stays open: the moment, and how long it may rest. */
export class HeadEnd {
  #second = Number.NaN;
  #text = '';

  constructor(private readonly server: Server) {}

  get text(): string {
    const second = Math.floor(Date.now() / 1000);
    if (second !== this.#second) {
      this.#second = second;
      const rest = Math.floor(this.server.keepAliveTimeout / 1000);
      const date = new Date(second * 1000).toUTCString();
      this.#text = `date: ${date}\r\nconnection: keep-alive\r\nkeep-alive: timeout=${rest}\r\n\r\n`;
    }
    return this.#text;
  }
}
