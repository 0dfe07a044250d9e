import { randomFillSync } from 'node:crypto';
import { monotonicFactory } from 'ulid';

// Asked for one byte at a time, the system's generator costs more than the request that is named.
const pool = new Uint8Array(4096);
let taken = pool.length;

function random(): number {
  if (taken === pool.length) {
    randomFillSync(pool);
    taken = 0;
  }
  const byte = pool[taken] ?? 0;
  taken += 1;
  return byte / 256;
}

const next = monotonicFactory(random);

/** A ULID to name a request by: later ones sort behind, and it hides nothing that must be hidden. */
export const newRequestId = (): string => next();
