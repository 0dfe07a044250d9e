import { type AddressInfo, connect, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CARD_NIGHT } from '../../src/demo/card-night.js';
import { rows } from '../storage/fixtures.js';
import { type TestApp, testApp } from '../support/test-app.js';

let test: TestApp;
beforeEach(async () => {
  test = await testApp();
  await test.app.listen({ host: '127.0.0.1', port: 0 });
});
afterEach(() => test.close());

const open = (text: string): Promise<Socket> =>
  new Promise((resolve, reject) => {
    const { port } = test.app.server.address() as AddressInfo;
    const socket = connect(port, '127.0.0.1', () => socket.write(text, () => resolve(socket)));
    socket.on('error', reject);
  });
const answerOn = (socket: Socket): Promise<string> =>
  new Promise((resolve) => {
    let answer = '';
    socket.on('data', (chunk) => {
      answer += chunk;
    });
    socket.on('close', () => resolve(answer));
  });

const BODY = JSON.stringify(CARD_NIGHT);
const head = (): string =>
  [
    'POST /barrages HTTP/1.1',
    'Host: x',
    'Content-Type: application/json',
    `Authorization: Bearer ${test.key}`,
    `Content-Length: ${Buffer.byteLength(BODY)}`,
    '\r\n',
  ].join('\r\n');
const recorded = async () => (await rows(test.db, 'select count(*) from barrages'))[0];

describe('a request that does not end', () => {
  it('may take its time, but not for ever', () => {
    const { headersTimeout, requestTimeout, keepAliveTimeout } = test.app.server;
    expect({ headersTimeout, requestTimeout, keepAliveTimeout }).toEqual({
      headersTimeout: 15_000,
      requestTimeout: 60_000,
      keepAliveTimeout: 72_000,
    });
  });

  it.each([
    ['its head', () => 'GET /stats HTTP/1.1\r\nHost: x\r\n'],
    ['its body', () => head() + BODY.slice(0, 100)],
  ])(
    'is 408 as a problem document once %s has taken too long, and leaves nothing',
    async (_, text) => {
      test.app.server.headersTimeout = 100;
      test.app.server.requestTimeout = 100;
      const answer = await answerOn(await open(text()));
      expect(answer).toMatch(/^HTTP\/1\.1 408 /);
      expect(answer).toContain('"/problems/request-timeout"');
      expect(answer).toContain('application/problem+json');
      expect(await recorded()).toEqual([0]);
    },
  );

  it('leaves nothing when its client hangs up in the middle of the body', async () => {
    const socket = await open(head() + BODY.slice(0, -1));
    await pause(50);
    socket.destroy();
    await pause(50);
    expect(await recorded()).toEqual([0]);
    expect((await test.get('/healthz')).statusCode).toBe(200);
  });
});

describe('a server that ends', () => {
  it('still answers what it is being asked, and hangs up', async () => {
    const text = head() + BODY;
    const socket = await open(text.slice(0, -1));
    const answer = answerOn(socket);
    await pause(50);
    const closed = test.app.close();
    await pause(50);
    socket.write(text.slice(-1));
    expect(await answer).toMatch(/^HTTP\/1\.1 201 /);
    await closed;
    expect(await recorded()).toEqual([1]);
  });
});
