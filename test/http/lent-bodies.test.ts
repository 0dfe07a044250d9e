import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { type AddressInfo, connect, type Socket } from 'node:net';
import Fastify, { type FastifyInstance } from 'fastify';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bodyFor, takeBodiesBack } from '../../src/http/lent-bodies.js';

const BODY_BYTES = 50_000;
const PIECE_BYTES = 64 * 1024;

let app: FastifyInstance;
let port: number;
let given: ArrayBufferLike[];
beforeEach(async () => {
  given = [];
  app = Fastify();
  takeBodiesBack(app);
  app.get('/page/:n', async (request, reply) => {
    const { n } = request.params as { n: string };
    const body = bodyFor(request, BODY_BYTES).fill(n.padStart(8, '.'));
    given.push(body.buffer);
    reply.header('digest', createHash('sha256').update(body).digest('hex'));
    return body;
  });
  await app.listen({ port: 0 });
  port = (app.server.address() as AddressInfo).port;
});
afterEach(() => app.close());

const ask = async (n: number) => (await fetch(`http://localhost:${port}/page/${n}`)).text();

/** Asks for some pages at once on a connection that reads nothing before it is told to. */
async function askFor(from: number, count: number): Promise<Socket> {
  const socket = connect(port);
  await once(socket, 'connect');
  socket.pause();
  for (let n = from; n < from + count; n += 1)
    socket.write(`GET /page/${n} HTTP/1.1\r\nHost: a\r\n\r\n`);
  return socket;
}

/** The bodies that a connection is sent, and whether each is the one of which the digest was sent. */
async function readAll(
  socket: Socket,
  count: number,
): Promise<{ text: string; isWhole: boolean }[]> {
  let bytes = Buffer.alloc(0);
  const answers: { text: string; isWhole: boolean }[] = [];
  for await (const chunk of socket) {
    bytes = Buffer.concat([bytes, chunk]);
    for (;;) {
      const start = bytes.indexOf('\r\n\r\n') + 4;
      if (start < 4 || bytes.length < start + BODY_BYTES) break;
      const body = bytes.subarray(start, start + BODY_BYTES);
      const [, digest] = /digest: (\w+)/.exec(bytes.toString('latin1', 0, start)) ?? [];
      const isWhole = createHash('sha256').update(body).digest('hex') === digest;
      answers.push({ text: body.toString('latin1', 0, 8), isWhole });
      bytes = bytes.subarray(start + BODY_BYTES);
    }
    if (answers.length === count) break;
  }
  return answers;
}

describe('memory lent for a body', () => {
  it('is lent again when the answer was sent', async () => {
    for (const n of [1, 2, 3]) await ask(n);
    expect(new Set(given).size).toBe(1);
  });

  it('is nobody else’s before, however slowly it is read and whatever is asked meanwhile', async () => {
    const sockets: Socket[] = [];
    for (let index = 0; index < 10; index += 1) sockets.push(await askFor(index * 100, 40));
    for (const n of [5_000, 5_001, 5_002]) await ask(n);
    for (const [index, socket] of sockets.entries()) {
      const answers = await readAll(socket, 40);
      const expected = Array.from({ length: 40 }, (_, n) => ({
        text: String(index * 100 + n).padStart(8, '.'),
        isWhole: true,
      }));
      expect(answers).toEqual(expected);
    }
  });

  it('is not taken back from an answer that was never read to its end', async () => {
    const gone = await askFor(0, 200);
    while (given.length < 50) await new Promise((resolve) => setTimeout(resolve, 5));
    gone.destroy();
    const socket = await askFor(1_000, 60);
    expect((await readAll(socket, 60)).every(({ isWhole }) => isWhole)).toBe(true);
  });

  it('is its own where it is small or large', async () => {
    const request = {} as never;
    expect(bodyFor(request, 10)).toHaveLength(10);
    const large = bodyFor(request, PIECE_BYTES);
    expect(large.buffer.byteLength).toBe(PIECE_BYTES);
    expect(bodyFor(request, PIECE_BYTES).buffer).not.toBe(large.buffer);
  });
});
