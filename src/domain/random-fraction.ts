const BYTE_VALUES = 256;
// Asked for one byte at a time, the system's generator takes longer than what is named with the help of it.
const pool = new Uint8Array(4_096);
let used = pool.length;

/** A random number of [0, 1) with a byte of randomness, as ulid asks for it: nobody can foresee the next one. */
export function randomFraction(): number {
  if (used === pool.length) {
    crypto.getRandomValues(pool);
    used = 0;
  }
  const byte = pool[used] as number;
  used += 1;
  return byte / BYTE_VALUES;
}
