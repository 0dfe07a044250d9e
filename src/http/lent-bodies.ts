import type { FastifyInstance, FastifyRequest } from 'fastify';

// What a page of fifty claims needs, and how many of them are on their way at once where many are asked for.
const PIECE_BYTES = 64 * 1024;
const SPARE_MAX = 8;
// Below, Node has a pool of its own.
const WORTHWHILE_BYTES = 4 * 1024;

const spare: Buffer[] = [];
const lent = new WeakMap<FastifyRequest, Buffer>();

/**
 * Memory for the body of the answer to a request, to be filled. It is lent until the answer was sent: whoever keeps the
 * body for others copies it. Taken from the system for each page and given back, it cost a tenth to a third of the page:
 * the C library returns it to the kernel, which hands out every page of it anew.
 */
export function bodyFor(request: FastifyRequest, length: number): Buffer {
  if (length < WORTHWHILE_BYTES) return Buffer.allocUnsafe(length);
  // A whole piece would pass for memory of its own.
  if (length >= PIECE_BYTES) return Buffer.allocUnsafeSlow(length);
  const piece = spare.pop() ?? Buffer.allocUnsafeSlow(PIECE_BYTES);
  lent.set(request, piece);
  return piece.subarray(0, length);
}

/** Takes the memory of bodies back once the system has all of them. What is never sent to its end is not taken back. */
export function takeBodiesBack(app: FastifyInstance): void {
  app.addHook('onResponse', (request, reply, done) => {
    const piece = lent.get(request);
    if (piece !== undefined && reply.raw.writableFinished && spare.length < SPARE_MAX) {
      spare.push(piece);
    }
    done();
  });
}
