import { setImmediate as others } from 'node:timers/promises';

const AT_A_STRETCH_MS = 5;

/** Lets other requests have their turn during long work: call it between pieces; it waits only once 5 ms have passed. */
export function breather(): () => Promise<void> {
  let since = performance.now();
  return async () => {
    if (performance.now() - since < AT_A_STRETCH_MS) return;
    await others();
    since = performance.now();
  };
}
