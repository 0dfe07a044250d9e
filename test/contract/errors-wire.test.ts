import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listen } from '../support/event-stream.js';
import { type ErrorAnswer, expectProblem } from '../support/problem-shape.js';
import { type TestApp, testApp } from '../support/test-app.js';

const TIMEOUT_MS = 400;

let test: TestApp;
let port: number;
beforeAll(async () => {
  test = await testApp(undefined, { REQUEST_TIMEOUT_MS: TIMEOUT_MS });
  port = Number(new URL(await listen(test.app)).port);
});
afterAll(() => test.close());

/** Writes bytes to the server as they are, and reads until it hangs up. @param end hang up after writing */
function send(raw: string, end = false): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      if (end) socket.write(raw, () => socket.destroy());
      else socket.write(raw);
    });
    let answer = '';
    socket.on('data', (chunk) => {
      answer += chunk;
    });
    // A server that refuses a request may hang up while the rest of it is still under way.
    socket.on('error', () => {});
    socket.on('close', () => resolve(answer));
  });
}

function parsed(answer: string): ErrorAnswer {
  const [head = '', body = ''] = answer.split(/\r\n\r\n(.*)/s);
  const [first = '', ...lines] = head.split('\r\n');
  const headers = Object.fromEntries(
    lines.map((line) => [line.split(':', 1)[0]?.toLowerCase(), line.replace(/^[^:]*:\s*/, '')]),
  );
  return { statusCode: Number(first.split(' ')[1]), headers, body };
}

const REQUEST = 'Host: x\r\nConnection: close\r\n';
const posting = (length: number): string =>
  `POST /sources HTTP/1.1\r\n${REQUEST}Authorization: Bearer ${test.key}\r\nContent-Type: application/json\r\nContent-Length: ${length}\r\n\r\n`;

describe('what never becomes a request', () => {
  it('431 for headers that are too large', async () => {
    const answer = await send(`GET / HTTP/1.1\r\n${REQUEST}X-Long: ${'x'.repeat(20_000)}\r\n\r\n`);
    expectProblem(parsed(answer), 'headers-too-large', answer);
  });

  it.each([
    ['no HTTP at all', 'hello there\r\n\r\n'],
    ['a method that there is none of', `NONSENSE / HTTP/1.1\r\n${REQUEST}\r\n`],
    ['a header without a colon', `GET / HTTP/1.1\r\n${REQUEST}nonsense\r\n\r\n`],
    ['two lengths', `POST / HTTP/1.1\r\n${REQUEST}Content-Length: 1\r\nContent-Length: 2\r\n\r\n`],
    [
      'a length and chunks',
      `POST / HTTP/1.1\r\n${REQUEST}Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n`,
    ],
  ])('400 for %s', async (_, raw) => {
    const answer = await send(raw);
    expectProblem(parsed(answer), 'malformed-request', answer);
  });

  it('400 for an address that cannot be read', async () => {
    const answer = await send(`GET /%zz HTTP/1.1\r\n${REQUEST}\r\n`);
    expectProblem(parsed(answer), 'malformed-request', answer);
  });

  it('408 for headers that do not come, and for a body that does not', async () => {
    const halves = [`GET / HTTP/1.1\r\nHost: x\r\n`, `${posting(100)}{"slug":`];
    for (const answer of await Promise.all(halves.map((raw) => send(raw)))) {
      expectProblem(parsed(answer), 'request-timeout', answer);
    }
  });
});

describe('a request that breaks off', () => {
  it('writes nothing, and harms nobody else', async () => {
    const before = (await test.get('/dataset/versions?limit=500')).json().data.length;
    await Promise.all(
      Array.from({ length: 20 }, () => send(`${posting(1_000)}{"slug": "half"`, true)),
    );
    await pause(50);
    const answer = await send(`GET /healthz HTTP/1.1\r\n${REQUEST}\r\n`);
    expect(parsed(answer).statusCode).toBe(200);
    expect((await test.get('/dataset/versions?limit=500')).json().data).toHaveLength(before);
    expect((await test.get('/sources')).body).not.toContain('"half"');
  });

  it('413 before the body has come, by its length alone', async () => {
    const answer = await send(posting(2 * 1024 * 1024));
    expectProblem(parsed(answer), 'payload-too-large', answer);
  });
});
