import type { ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { listBarrages } from '../../src/storage/barrage-store.js';
import { currentVersion } from '../../src/storage/versions.js';
import { makeKey } from '../support/test-app.js';
import { ended, type Installation, installation } from './commands.js';

const ITEMS = 40;
const NDJSON = 'application/x-ndjson';

/** The address that a started server prints once it listens. */
function addressOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let printed = '';
    child.stdout?.on('data', (text: Buffer) => {
      printed += text.toString();
      const [, address] = /listens on (http:\S+)/.exec(printed) ?? [];
      if (address !== undefined) resolve(address);
    });
    child.once('close', () => reject(new Error(`the server ended: ${printed}`)));
  });
}

const nightOf = (batch: number, item: number): string =>
  new Date(Date.UTC(1950, 0, 1 + batch * ITEMS + item)).toISOString().slice(0, 10);

/** A batch of nights that no other batch has, one per line. */
function batchText(batch: number): string {
  const barrages = Array.from({ length: ITEMS }, (_, item) => {
    const night = nightOf(batch, item);
    const window = { window_start: night, window_end: night };
    const claim = { source: 'ua-air-force', munition: 'lancet', ...window, launched: 2 };
    return JSON.stringify({ attacker: 'XXA', defender: 'XXB', night, claims: [claim] });
  });
  return barrages.join('\n');
}

interface Posted {
  batch: number;
  key: string;
  /** Null where the answer never came. */
  answer: { status: number; body: string; replayed: boolean } | null;
}

async function post(address: string, secret: string, batch: number, key: string): Promise<Posted> {
  try {
    const response = await fetch(`${address}/barrages/batch`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${secret}`,
        'content-type': NDJSON,
        'idempotency-key': key,
      },
      body: batchText(batch),
    });
    const replayed = response.headers.get('idempotent-replayed') === 'true';
    const answer = { status: response.status, body: await response.text(), replayed };
    return { batch, key, answer };
  } catch {
    return { batch, key, answer: null };
  }
}

/** How many barrages of each batch are recorded, and at how many dataset versions. */
const recorded = (here: Installation): Promise<Map<number, { items: number; versions: number }>> =>
  here.look(async (db) => {
    const { version } = await currentVersion(db);
    const page = { limit: 100_000, descending: false };
    const batches = new Map<number, number[]>();
    for (const barrage of await listBarrages(db, version, {}, page)) {
      const days = (Date.parse(barrage.night) - Date.UTC(1950, 0, 1)) / 86_400_000;
      const batch = Math.floor(days / ITEMS);
      batches.set(batch, [...(batches.get(batch) ?? []), barrage.from_version]);
    }
    return new Map(
      [...batches].map(([batch, versions]) => [
        batch,
        { items: versions.length, versions: new Set(versions).size },
      ]),
    );
  });

const WHOLE = { items: ITEMS, versions: 1 };

describe('a server that records batches', () => {
  it('killed in the middle, has every acknowledged batch, no half one, and writes a retried one once', async () => {
    const here = installation();
    const secret = await here.look((db) => makeKey(db));
    const posted: Posted[] = [];
    let next = 0;
    for (const wait of [5, 20, 45]) {
      const child = here.start('main');
      const end = ended(child);
      const address = await addressOf(child);
      const client = async (): Promise<void> => {
        for (;;) {
          const attempt = await post(address, secret, next++, randomUUID());
          posted.push(attempt);
          if (attempt.answer === null) return;
        }
      };
      const clients = [client(), client()];
      // Not before something was acknowledged, and then at some moment within the next batch.
      const before = posted.length;
      while (posted.length < before + 2) await pause(5);
      await pause(wait);
      child.kill('SIGKILL');
      await Promise.all(clients);
      expect((await end).signal).toBe('SIGKILL');
    }
    const acknowledged = posted.filter(({ answer }) => answer !== null);
    expect(acknowledged.length).toBeGreaterThan(2);
    expect(acknowledged.map(({ answer }) => answer?.status)).toEqual(acknowledged.map(() => 201));
    const kept = await recorded(here);
    for (const { batch } of acknowledged) expect(kept.get(batch), `batch ${batch}`).toEqual(WHOLE);
    for (const [batch, found] of kept) expect(found, `batch ${batch}`).toEqual(WHOLE);

    const child = here.start('main');
    const end = ended(child);
    const address = await addressOf(child);
    for (const { batch, key, answer } of posted) {
      const again = await post(address, secret, batch, key);
      expect(again.answer?.status).toBe(201);
      if (answer !== null) expect(again.answer).toEqual({ ...answer, replayed: true });
      else expect(again.answer?.replayed).toBe(kept.has(batch));
    }
    child.kill('SIGTERM');
    await end;
    const all = await recorded(here);
    expect(all.size).toBe(posted.length);
    for (const [batch, found] of all) expect(found, `batch ${batch}`).toEqual(WHOLE);
    expect((await here.look(currentVersion)).version).toBe(1 + posted.length);
  });

  it('written to by two clients at once, records everything under versions that only rise', async () => {
    const here = installation();
    const secret = await here.look((db) => makeKey(db));
    const child = here.start('main');
    const end = ended(child);
    const address = await addressOf(child);
    const client = async (first: number): Promise<number[]> => {
      const versions: number[] = [];
      for (let batch = first; batch < 20; batch += 2) {
        const { answer } = await post(address, secret, batch, randomUUID());
        expect(answer?.status).toBe(201);
        versions.push(JSON.parse(answer?.body ?? '{}').meta.dataset_version);
      }
      return versions;
    };
    const versions = await Promise.all([client(0), client(1)]);
    for (const own of versions) expect(own).toEqual(own.toSorted((a, b) => a - b));
    expect(new Set(versions.flat()).size).toBe(20);
    child.kill('SIGTERM');
    await end;
    const found = await recorded(here);
    expect([...found.values()]).toEqual(Array.from({ length: 20 }, () => WHOLE));
    expect((await here.look(currentVersion)).version).toBe(21);
  });

  it('writes nothing of a batch whose client hangs up in the middle, and goes on', async () => {
    const here = installation();
    const secret = await here.look((db) => makeKey(db));
    const child = here.start('main');
    const end = ended(child);
    const address = await addressOf(child);
    const { hostname, port } = new URL(address);
    const whole = Buffer.byteLength(batchText(0));
    for (const framing of [`Content-Length: ${whole}`, 'Transfer-Encoding: chunked']) {
      const part = batchText(0).slice(0, whole / 2);
      const chunked = framing.startsWith('Transfer');
      const size = Buffer.byteLength(part).toString(16);
      const socket = connect(Number(port), hostname);
      await once(socket, 'connect');
      const head = [
        'POST /barrages/batch?mode=partial HTTP/1.1',
        `Host: ${hostname}`,
        `Authorization: Bearer ${secret}`,
        `Content-Type: ${NDJSON}`,
        framing,
      ];
      socket.write(`${head.join('\r\n')}\r\n\r\n${chunked ? `${size}\r\n${part}\r\n` : part}`);
      await pause(100);
      socket.destroy();
      await once(socket, 'close');
    }
    await pause(100);
    expect((await post(address, secret, 7, 'afterwards')).answer?.status).toBe(201);
    child.kill('SIGTERM');
    await end;
    expect(await recorded(here)).toEqual(new Map([[7, WHOLE]]));
  });
});
