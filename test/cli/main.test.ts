import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { loadDemo } from '../../src/demo/load-demo.js';
import { listBarrages } from '../../src/storage/barrage-store.js';
import { claimsOfBarrages } from '../../src/storage/claim-store.js';
import { currentVersion } from '../../src/storage/versions.js';
import { makeKey } from '../support/test-app.js';
import { addressOf, ended, installation } from './commands.js';

const CLAIMS = 100;

const nightOf = (index: number) =>
  new Date(Date.UTC(2024, 0, 1 + index)).toISOString().slice(0, 10);

function barrageOf(index: number) {
  const night = nightOf(index);
  const claims = Array.from({ length: CLAIMS }, (_, number) => ({
    source: 'ua-air-force',
    munition: 'lancet',
    window_start: night,
    window_end: night,
    launched: number,
    intercepted: 0,
    target: `Synthetic place ${number}`,
  }));
  return { attacker: 'XXA', defender: 'XXB', night, claims };
}

describe('the server', () => {
  it('listens, answers, and ends with code 0 on SIGTERM', async () => {
    const here = installation();
    const child = here.start('main');
    const end = ended(child);
    const address = await addressOf(child);
    expect((await fetch(`${address}/healthz`)).status).toBe(200);
    child.kill('SIGTERM');
    expect(await end).toMatchObject({ code: 0, signal: null });
  });

  it('loses no line of its log on SIGTERM', async () => {
    const here = installation({ LOG_LEVEL: 'info', LOG_UNCHANGED_EVERY: '7' });
    const child = here.start('main');
    const end = ended(child);
    const address = await addressOf(child);
    const etag = String((await fetch(`${address}/stats`)).headers.get('etag'));
    for (let count = 0; count < 20; count += 1) {
      await fetch(`${address}/stats`, { headers: { 'if-none-match': etag } });
      await fetch(`${address}/munitions`);
    }
    child.kill('SIGTERM');
    const { code, stdout } = await end;
    expect(code).toBe(0);
    const lines = stdout
      .split('\n')
      .flatMap((line) => (line.startsWith('{') ? [JSON.parse(line)] : []))
      .filter(({ msg }) => msg === 'answered');
    const sum = (status: number) =>
      lines.reduce((total, line) => total + (line.status === status ? (line.count ?? 1) : 0), 0);
    expect([sum(200), sum(304)]).toEqual([21, 20]);
  });

  it('waits for a client that never ends its request no longer than it is told to', async () => {
    const here = installation({ SHUTDOWN_SECONDS: '1' });
    const key = await here.look((db) => makeKey(db));
    const child = here.start('main');
    const end = ended(child);
    const { port } = new URL(await addressOf(child));
    const socket = connect(Number(port), '127.0.0.1');
    const hungUp = new Promise((resolve) => socket.once('close', resolve));
    socket.on('error', () => undefined);
    socket.write(
      `POST /sources HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${key}\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{`,
    );
    await pause(200);
    const asked = performance.now();
    child.kill('SIGTERM');
    expect(await end).toMatchObject({ code: 0, signal: null });
    await hungUp;
    expect(performance.now() - asked).toBeGreaterThan(900);
  });

  it('loads the demonstration data into a new database, once', async () => {
    const here = installation({ DEMO_DATA: 'on' });
    const child = here.start('main');
    const end = ended(child);
    const address = await addressOf(child);
    const answer = await fetch(`${address}/stats?from=2024-09-07&to=2024-09-07`);
    expect(await answer.json()).toMatchObject({ data: { launched: 67, intercepted: 58 } });
    child.kill('SIGINT');
    expect(await end).toMatchObject({ code: 0 });
    expect(await here.look(loadDemo)).toBe(false);
  });

  it('killed while it records, keeps whole barrages and every one that it acknowledged', async () => {
    const here = installation();
    const key = await here.look((db) => makeKey(db));
    const acknowledged = new Set<string>();
    let next = 0;
    for (const wait of [30, 120, 250]) {
      const child = here.start('main');
      const end = ended(child);
      const address = await addressOf(child);
      const post = async (): Promise<boolean> => {
        const index = next++;
        try {
          const { status } = await fetch(`${address}/barrages`, {
            method: 'POST',
            headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
            body: JSON.stringify(barrageOf(index)),
          });
          if (status === 201) acknowledged.add(nightOf(index));
          return status === 201;
        } catch {
          return false;
        }
      };
      const client = async (): Promise<void> => {
        while (await post());
      };
      const clients = [client(), client(), client()];
      // On a busy machine nothing may be recorded within the first moments.
      const before = acknowledged.size;
      while (acknowledged.size === before) await pause(5);
      await pause(wait);
      child.kill('SIGKILL');
      await Promise.all(clients);
      expect((await end).signal).toBe('SIGKILL');
    }
    expect(acknowledged.size).toBeGreaterThan(2);
    await here.look(async (db) => {
      const { version } = await currentVersion(db);
      const page = { limit: 10_000, descending: false };
      const stored = await listBarrages(db, version, {}, page);
      const nights = new Set(stored.map(({ night }) => night));
      expect([...acknowledged].filter((night) => !nights.has(night))).toEqual([]);
      for (const { id } of stored) {
        expect(await claimsOfBarrages(db, version, [id]), id).toHaveLength(CLAIMS);
      }
      // One version per barrage, and no version of a barrage that is not there.
      expect(version).toBe(1 + stored.length);
    });
  });

  it('refuses to start with a wrong setting, and names the rule', async () => {
    const { code, stderr } = await installation({ PORT: 'many' }).run('main');
    expect(code).toBe(1);
    expect(stderr).toContain('PORT: a port number');
  });
});
