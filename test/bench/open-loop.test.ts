import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
// @ts-expect-error The benchmark is plain JavaScript, as scripts are.
import { runLoad } from '../../bench/load/run-load.mjs';

const CROWD = { clients: 10, rate: 10, seconds: 1, path: '/stats' };

describe('the open loop', () => {
  let server: Server;
  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  async function serve(answer: Parameters<typeof createServer>[1]): Promise<number> {
    server = createServer(answer as never);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return (server.address() as AddressInfo).port;
  }
  const body = 'x'.repeat(100_000);

  it('asks as often as it says, whole answers of any size', async () => {
    const port = await serve((_, response) => {
      response.setHeader('content-length', body.length);
      response.end(body);
    });
    const { polls } = await runLoad('open-loop', { port, ...CROWD });
    expect(polls.sent).toBeGreaterThanOrEqual(99);
    expect(polls.sent).toBeLessThanOrEqual(101);
    expect(polls).toMatchObject({ errors: 0, unanswered: 0, refused: {} });
    expect(polls.p50_ms).toBeGreaterThan(0);
  });

  it('counts a request as late from when it was due: one stall is seen in everything due meanwhile', async () => {
    let isStalled = false;
    const port = await serve((_, response) => {
      if (!isStalled) {
        isStalled = true;
        const end = performance.now() + 700;
        while (performance.now() < end);
      }
      response.end('{}');
    });
    const { polls } = await runLoad('open-loop', { port, ...CROWD });
    // More than half of the second was stalled: a closed loop would have one slow answer per connection.
    expect(polls.p50_ms).toBeGreaterThan(10);
    expect(polls.max_ms).toBeGreaterThan(400);
  });

  it('counts refusals and broken connections, and does not hang', async () => {
    let asked = 0;
    const port = await serve((request, response) => {
      asked += 1;
      if (asked % 2 === 0) request.socket.destroy();
      else response.writeHead(503, { 'content-length': 0 }).end();
    });
    const { polls } = await runLoad('open-loop', { port, ...CROWD });
    expect(polls.errors).toBeGreaterThan(0);
    expect(polls.refused[503]).toBeGreaterThan(0);
  });
});
