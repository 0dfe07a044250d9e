import { describe, expect, it } from 'vitest';
import { createClient, ProblemError } from '../../src/client/client.js';
import { retryAfter } from '../../src/client/retrying-fetch.js';

const BUSY = {
  type: '/problems/unavailable',
  title: 'Busy',
  status: 503,
  detail: '',
  instance: '',
};

const busy = (wait: string | null, status = 503) =>
  new Response(JSON.stringify({ ...BUSY, status }), {
    status,
    headers: {
      'content-type': 'application/problem+json',
      ...(wait !== null && { 'retry-after': wait }),
    },
  });
const done = () =>
  new Response('{"data": "done"}', {
    status: 201,
    headers: { 'content-type': 'application/json' },
  });

/** A service that gives these answers in turn, and what it was sent. */
function service(...answers: Response[]) {
  const bodies: string[] = [];
  const send = async (request: Request) => {
    bodies.push(await request.text());
    return answers[bodies.length - 1] ?? done();
  };
  return { bodies, send };
}

const post = (send: (request: Request) => Promise<Response>, patience = {}, signal?: AbortSignal) =>
  createClient('http://service.invalid', { fetch: send, patience }).POST('/barrages', {
    body: { attacker: 'XXA', defender: 'XXB', night: '2026-01-01' },
    ...(signal && { signal }),
  });

describe('a busy service', () => {
  it.each([429, 503])(
    'is asked again after %i, with the same body, when it says so',
    async (status) => {
      const { bodies, send } = service(busy('0', status), busy('0', status));
      const { data } = await post(send);
      expect(data).toEqual({ data: 'done' });
      expect(bodies).toHaveLength(3);
      expect(new Set(bodies)).toEqual(
        new Set(['{"attacker":"XXA","defender":"XXB","night":"2026-01-01"}']),
      );
    },
  );

  it('is waited for as long as it asks', async () => {
    const { send } = service(busy('1'));
    const started = performance.now();
    await post(send);
    expect(performance.now() - started).toBeGreaterThan(990);
  });

  it('is asked again soon when it does not say when', async () => {
    const { bodies, send } = service(busy(null));
    const started = performance.now();
    await post(send);
    expect(bodies).toHaveLength(2);
    expect(performance.now() - started).toBeGreaterThan(490);
  });

  it('is given up after as many retries as allowed', async () => {
    const { bodies, send } = service(busy('0'), busy('0'), busy('0'), busy('0'), busy('0'));
    await expect(post(send, { retries: 2 })).rejects.toThrow(ProblemError);
    expect(bodies).toHaveLength(3);
  });

  it('is not waited for longer than allowed: its answer is the answer', async () => {
    const { bodies, send } = service(busy('3600'));
    await expect(post(send)).rejects.toMatchObject({ problem: { status: 503 } });
    expect(bodies).toHaveLength(1);
  });

  it.each([400, 409, 500])(
    'is something else than an answer with %i, which stands',
    async (status) => {
      const { bodies, send } = service(busy('0', status));
      await expect(post(send)).rejects.toMatchObject({ problem: { status } });
      expect(bodies).toHaveLength(1);
    },
  );

  it('is not waited for by a caller that has left, or leaves', async () => {
    const { bodies, send } = service(busy('30'));
    const aborter = new AbortController();
    const call = post(send, {}, aborter.signal);
    setTimeout(() => aborter.abort(new Error('left')), 50);
    await expect(call).rejects.toThrow('left');
    expect(bodies).toHaveLength(1);
  });
});

describe('Retry-After', () => {
  const now = Date.parse('2026-01-01T00:00:00Z');
  it.each([
    ['120', 120_000],
    ['Thu, 01 Jan 2026 00:00:30 GMT', 30_000],
    ['Wed, 31 Dec 2025 23:59:00 GMT', 0],
    ['soon', null],
    [null, null],
  ])('%s is a wait of %s ms', (text, ms) => {
    expect(retryAfter(busy(text), now)).toBe(ms);
  });
});
