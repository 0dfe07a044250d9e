import { randomFillSync } from 'node:crypto';
import { monotonicFactory, ulid } from 'ulid';

const POOL_BYTES = 4_096;
const BYTE_VALUES = 256;

const pool = Buffer.alloc(POOL_BYTES);
let used = POOL_BYTES;

// ulid asks for randomness 16 times per id, and by itself takes one byte at a time from the system: 20 µs an id.
function randomFraction(): number {
  if (used === POOL_BYTES) {
    randomFillSync(pool);
    used = 0;
  }
  return (pool[used++] ?? 0) / BYTE_VALUES;
}

/** A new id: what it is the id of, and a ULID. */
export const newId = (prefix: 'clm' | 'dbs' | 'imp' | 'key'): string =>
  `${prefix}_${ulid(undefined, randomFraction)}`;

/** New ids that sort in the order in which they were asked for, also within a millisecond. */
export function idsInOrder(prefix: 'clm'): () => string {
  const next = monotonicFactory(randomFraction);
  return () => `${prefix}_${next()}`;
}
