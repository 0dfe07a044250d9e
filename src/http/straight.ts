import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/**
 * Where an answer may go straight to: its socket, if it is its turn and the connection stays open after it; otherwise
 * null.
 */
export function straightWay(
  { httpVersion }: IncomingMessage,
  { socket, shouldKeepAlive }: ServerResponse,
): Socket | null {
  // What is pipelined behind an answer that is not at its end has no socket yet.
  if (httpVersion !== '1.1' || !shouldKeepAlive || socket?.writable !== true) return null;
  return socket;
}

/**
 * Sends an answer whose head is written already. Node's own way checks every header and puts the head together anew for
 * each answer, an eighth of a poll (docs/adr/0022-polls.md). Once the system has all of it, the server is told that the
 * response has come to its end, as of any other: it goes on with the connection.
 *
 * @param socket the way of the response, as {@link straightWay} found it
 * @param head up to the empty line
 */
export function sendStraight(
  socket: Socket,
  response: ServerResponse,
  status: number,
  head: string,
  body?: Buffer,
): void {
  response.statusCode = status;
  socket.cork();
  socket.write(head, 'latin1');
  if (body !== undefined) socket.write(body);
  socket.uncork();
  if (socket.writableLength === 0) response.emit('finish');
  else {
    // A slow client. Told now, the server would take the rest of the sending for time that the connection rests.
    socket.write('', (error) => {
      if (!error) response.emit('finish');
    });
  }
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
