/** How one request is sent; what `fetch` is when it is given a Request. */
export type Send = (request: Request) => Promise<Response>;

/** How often and how long a client waits for a service that asks it to. */
export interface Patience {
  /** Attempts after the first; 0 never repeats a request. */
  retries: number;
  /** The longest single wait. A service that asks for more is not waited for: its answer is the answer. */
  longest_wait_ms: number;
}

const BUSY: ReadonlySet<number> = new Set([429, 503]);
const FIRST_WAIT_MS = 500;

/** The wait that an answer asks for, in milliseconds: seconds or a date (RFC 9110), or null where it asks for none. */
export function retryAfter(answer: Response, now = Date.now()): number | null {
  const text = answer.headers.get('retry-after');
  if (text === null) return null;
  if (/^\d+$/.test(text)) return Number(text) * 1000;
  const date = Date.parse(text);
  return Number.isNaN(date) ? null : Math.max(0, date - now);
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop);
      resolve();
    }, ms);
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
}

/**
 * Repeats a request that the service was too busy for (429, 503): neither status means that anything was done, so writes
 * are repeated too. Waits as long as the answer asks, or twice as long each time where it does not say.
 */
export function retryingFetch(send: Send, { retries, longest_wait_ms }: Patience): Send {
  return async (request) => {
    for (let attempt = 0; ; attempt += 1) {
      // A body can be read once: the last attempt takes the request itself, the others a copy.
      const answer = await send(attempt < retries ? request.clone() : request);
      const wait = retryAfter(answer) ?? FIRST_WAIT_MS * 2 ** attempt;
      if (!BUSY.has(answer.status) || attempt >= retries || wait > longest_wait_ms) return answer;
      await answer.body?.cancel();
      await pause(wait, request.signal);
    }
  };
}
