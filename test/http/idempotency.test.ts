import { join } from 'node:path';
import type { InjectOptions } from 'fastify';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { buildApp } from '../../src/app.js';
import { CARD_NIGHT } from '../../src/demo/card-night.js';
import { commit } from '../../src/storage/commit.js';
import { Database } from '../../src/storage/database.js';
import { currentVersion } from '../../src/storage/versions.js';
import { CAUSE, run, temporaryFolder, value } from '../storage/fixtures.js';
import { makeKey, TEST_CONFIG, type TestApp, testApp } from '../support/test-app.js';

const ID = 'rus-ukr-2024-09-07';
const PATCH_TYPE = 'application/merge-patch+json';
const SOURCE = { slug: 'some-wire', name: 'Some wire', kind: 'media' };

let test: TestApp;
beforeEach(async () => {
  test = await testApp();
});
afterEach(() => test.close());

const versionNow = async (): Promise<number> => (await currentVersion(test.db)).version;
const keysStored = () => value(test.db, 'select count(*) from idempotency_keys');

type Headers = Record<string, string>;
const asking = (
  method: 'POST' | 'PATCH' | 'DELETE',
  url: string,
  body?: unknown,
  headers: Headers = {},
): InjectOptions => ({
  method,
  url,
  headers: {
    authorization: `Bearer ${test.key}`,
    ...(body !== undefined && {
      'content-type': method === 'PATCH' ? PATCH_TYPE : 'application/json',
    }),
    'idempotency-key': 'k-1',
    ...headers,
  },
  ...(body !== undefined && { payload: JSON.stringify(body) }),
});
const ask = (...parts: Parameters<typeof asking>) => test.request(asking(...parts));

/** Everything of an answer that a client can act upon. */
const essence = ({ statusCode, headers, body }: Awaited<ReturnType<typeof ask>>) => ({
  statusCode,
  location: headers.location,
  etag: headers.etag,
  body,
});

async function expectReplay(...parts: Parameters<typeof asking>) {
  const first = await ask(...parts);
  expect(first.headers['idempotent-replayed']).toBeUndefined();
  const before = await versionNow();
  const again = await ask(...parts);
  expect(again.headers['idempotent-replayed']).toBe('true');
  expect(essence(again)).toEqual(essence(first));
  expect(await versionNow()).toBe(before);
  return first;
}

describe('Idempotency-Key', () => {
  it('gives the first answer again, byte for byte, on every kind of write', async () => {
    const created = (await expectReplay('POST', '/barrages', CARD_NIGHT)).json().data;
    const claim = { ...CARD_NIGHT.claims[0], source: 'ru-mod' };
    const site = { source: 'ua-air-force', place: 'Elsewhere' };
    const era = { party: 'XXB', code: 'A', meaning: 'Synthetic.', from_night: null };
    const [{ id: claimId }, { id: siteId }] = [created.claims[0], created.debris_sites[0]];
    const any = { 'if-match': '*' };
    const reason = '?reason=wrong';
    const writes: [number, ...Parameters<typeof asking>][] = [
      [201, 'POST', `/barrages/${ID}/claims`, claim],
      [201, 'POST', `/barrages/${ID}/debris-sites`, site],
      [201, 'POST', '/sources', SOURCE],
      [201, 'POST', '/barrages/batch', [{ ...CARD_NIGHT, night: undefined }, later()]],
      [207, 'POST', '/barrages/batch?mode=partial', [{}, later('2024-09-09')]],
      [200, 'PATCH', `/claims/${claimId}`, { intercepted: 57, reason: 'r' }, any],
      [200, 'PATCH', `/debris-sites/${siteId}`, { injured: 1, reason: 'r' }, any],
      [200, 'PATCH', `/barrages/${ID}`, { note: 'n', reason: 'r' }, any],
      [204, 'DELETE', `/claims/${claimId}${reason}`, undefined, any],
      [204, 'DELETE', `/debris-sites/${siteId}${reason}`, undefined, any],
      [204, 'DELETE', `/barrages/${ID}${reason}`, undefined, any],
    ];
    for (const [index, [status, method, url, body, headers]] of writes.entries()) {
      const own = { ...headers, 'idempotency-key': `key-${index}` };
      expect((await expectReplay(method, url, body, own)).statusCode, url).toBe(status);
    }
    const admin = await makeKey(test.db, 'admin');
    const own = { authorization: `Bearer ${admin}`, 'idempotency-key': 'era' };
    expect((await expectReplay('POST', '/reporting-eras', era, own)).statusCode).toBe(201);
  });

  it('stays with the first answer after corrections, a retraction and a restart', async () => {
    const url = `file:${join(temporaryFolder(), 'barrages.db')}`;
    await test.close();
    test = await testApp(url);
    const first = await ask('POST', '/barrages', CARD_NIGHT);
    const [claim] = first.json().data.claims;
    const any = { 'if-match': '*', 'idempotency-key': 'other' };
    await ask('PATCH', `/claims/${claim.id}`, { intercepted: 57, reason: 'r' }, any);
    await ask('DELETE', `/barrages/${ID}?reason=r`, undefined, { ...any, 'idempotency-key': 'x' });
    expect(essence(await ask('POST', '/barrages', CARD_NIGHT))).toEqual(essence(first));
    const { key } = test;
    await test.close();
    test = { ...(await testApp(url)), key };
    const again = await ask('POST', '/barrages', CARD_NIGHT);
    expect(again.headers['idempotent-replayed']).toBe('true');
    expect(essence(again)).toEqual(essence(first));
    expect((await test.get(`/barrages/${ID}`)).statusCode).toBe(410);
  });

  it('remembers a write that changed nothing', async () => {
    await test.post('/sources', SOURCE);
    const before = await versionNow();
    expect((await expectReplay('POST', '/sources', SOURCE)).statusCode).toBe(200);
    expect(await versionNow()).toBe(before);
  });

  it('is the same request however its JSON is written, and is independent of other keys', async () => {
    await ask('POST', '/sources', SOURCE);
    const turned = Object.fromEntries(Object.entries(SOURCE).toReversed());
    const again = await ask('POST', '/sources', turned);
    expect(again.headers['idempotent-replayed']).toBe('true');
    const stranger = { authorization: `Bearer ${await makeKey(test.db)}` };
    const other = await ask('POST', '/sources', { ...SOURCE, slug: 'other' }, stranger);
    expect(other.statusCode).toBe(201);
  });

  it('shows a write as it was made, whatever was written since', async () => {
    await test.post('/barrages', CARD_NIGHT);
    const url = `/barrages/${ID}`;
    const answers = await Promise.all(
      ['one', 'two', 'three'].map((note) =>
        ask('PATCH', url, { note, reason: 'r' }, { 'if-match': '*', 'idempotency-key': note }),
      ),
    );
    const shown = answers.map((answer) => answer.json().data);
    expect(shown.map(({ note }) => note)).toEqual(['one', 'two', 'three']);
    expect(shown.map(({ revision }) => revision)).toEqual([2, 3, 4]);
  });

  it('422 for another request under the same key, and nothing is changed', async () => {
    const sourceTag = { 'if-match': '*' };
    await test.post('/barrages', CARD_NIGHT);
    const patch = { note: 'n', reason: 'r' };
    await ask('PATCH', `/barrages/${ID}`, patch, sourceTag);
    const before = await versionNow();
    const others = [
      await ask('PATCH', `/barrages/${ID}`, { ...patch, note: 'm' }, sourceTag),
      await ask('PATCH', `/barrages/${ID}`, patch, { 'if-match': `"${ID}.2"` }),
      await ask('POST', '/sources', SOURCE),
      await ask('POST', '/barrages/batch', [later()]),
      await ask('DELETE', `/barrages/${ID}?reason=r`, undefined, sourceTag),
    ];
    for (const response of others) {
      expect(response.statusCode).toBe(422);
      expect(response.json().type).toBe('/problems/idempotency-key-reused');
    }
    expect(await versionNow()).toBe(before);
  });

  it('409 with Retry-After while the first request still runs', async () => {
    let finish = (): void => undefined;
    const busy = commit(
      test.db,
      CAUSE,
      () =>
        new Promise<void>((resolve) => {
          finish = resolve;
        }),
    );
    const first = ask('POST', '/sources', SOURCE);
    const second = await ask('POST', '/sources', SOURCE);
    expect(second.statusCode).toBe(409);
    expect(second.json().type).toBe('/problems/idempotency-key-in-use');
    expect(second.headers['retry-after']).toBe('1');
    finish();
    await busy;
    expect((await first).statusCode).toBe(201);
    expect((await ask('POST', '/sources', SOURCE)).headers['idempotent-replayed']).toBe('true');
  });

  it('lets one of two processes write, and the other give the same answer', async () => {
    const url = `file:${join(temporaryFolder(), 'barrages.db')}`;
    await test.close();
    test = await testApp(url);
    const db = await Database.open(url);
    const app = await buildApp(db, TEST_CONFIG);
    for (let round = 0; round < 5; round += 1) {
      const body = { ...SOURCE, slug: `wire-${round}` };
      const own = asking('POST', '/sources', body, { 'idempotency-key': `r-${round}` });
      const answers = await Promise.all([test.request(own), app.inject(own)]);
      expect(answers.map(essence)[0]).toEqual(answers.map(essence)[1]);
      const replays = answers.filter(({ headers }) => headers['idempotent-replayed'] === 'true');
      expect(replays).toHaveLength(1);
      // Nothing to write: only the primary key of the keys can tell that somebody else was first.
      const same = asking('POST', '/sources', body, { 'idempotency-key': `s-${round}` });
      const both = await Promise.all([test.request(same), app.inject(same)]);
      expect(both.map(({ statusCode }) => statusCode)).toEqual([200, 200]);
      expect(both.map(essence)[0]).toEqual(both.map(essence)[1]);
    }
    await app.close();
    await db.close();
  });

  it('400 for a key that is none, naming the header', async () => {
    const wrong = ['', 'with space', 'ключ', 'x'.repeat(256), 'one, two'];
    for (const key of wrong) {
      const response = await ask('POST', '/sources', SOURCE, { 'idempotency-key': key });
      expect(response.statusCode, key).toBe(400);
      expect(response.json()).toMatchObject({
        type: '/problems/invalid-parameter',
        errors: [{ parameter: 'idempotency-key' }],
      });
    }
    const longest = { 'idempotency-key': '~'.repeat(255) };
    expect((await ask('POST', '/sources', SOURCE, longest)).statusCode).toBe(201);
  });

  it('400 for a body that has no canonical form', async () => {
    await test.post('/barrages', CARD_NIGHT);
    const response = await test.request({
      ...asking('PATCH', `/barrages/${ID}`, {}, { 'if-match': '*' }),
      payload: '{"reason":"r","note":"\\ud800"}',
    });
    expect(response.statusCode).toBe(400);
    expect(response.json().type).toBe('/problems/malformed-request');
  });

  it('stores nothing for a request that failed, nor for one that only rehearsed', async () => {
    await test.post('/barrages', CARD_NIGHT);
    const conflict = { ...CARD_NIGHT, note: 'another' };
    expect((await ask('POST', '/barrages', conflict)).statusCode).toBe(409);
    expect((await ask('POST', '/sources', {})).statusCode).toBe(422);
    expect((await ask('POST', '/barrages/batch', [conflict])).statusCode).toBe(409);
    const any = { 'if-match': '"x.1"' };
    expect((await ask('DELETE', `/barrages/${ID}?reason=r`, undefined, any)).statusCode).toBe(412);
    expect((await ask('POST', '/barrages/batch?dry_run=true', [later()])).statusCode).toBe(200);
    expect(await keysStored()).toBe(0);
    expect((await ask('POST', '/sources', SOURCE)).statusCode).toBe(201);
    expect(await keysStored()).toBe(1);
  });

  it('keeps keys for 24 hours, and forgets older ones with the next write', async () => {
    await ask('POST', '/sources', SOURCE);
    const age = (hours: number) =>
      run(
        test.db,
        'update idempotency_keys set at = ?',
        new Date(Date.now() - hours * 3_600_000).toISOString(),
      );
    await age(23.9);
    expect((await ask('POST', '/sources', SOURCE)).headers['idempotent-replayed']).toBe('true');
    await age(24.1);
    const other = { ...SOURCE, slug: 'other' };
    const reused = await ask('POST', '/sources', other);
    expect(reused.statusCode).toBe(201);
    expect(reused.headers['idempotent-replayed']).toBeUndefined();
    await age(24.1);
    await test.post('/sources', { ...SOURCE, slug: 'third' });
    expect(await keysStored()).toBe(0);
  });
});

function later(night = '2024-09-08'): object {
  const window = { window_start: night, window_end: night };
  return {
    ...CARD_NIGHT,
    night,
    debris_sites: [],
    claims: [{ ...CARD_NIGHT.claims[0], ...window }],
  };
}
