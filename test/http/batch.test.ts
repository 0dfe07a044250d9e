import { request } from 'node:http';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CARD_NIGHT } from '../../src/demo/card-night.js';
import { currentVersion } from '../../src/storage/versions.js';
import { makeKey, type TestApp, testApp } from '../support/test-app.js';

const ID = 'rus-ukr-2024-09-07';
const NDJSON = 'application/x-ndjson';
const ENOUGH = 100 * 1024 * 1024;

let test: TestApp;
beforeEach(async () => {
  test = await testApp();
});
afterEach(() => test.close());

const versionNow = async (): Promise<number> => (await currentVersion(test.db)).version;

/** A night of one synthetic claim by a source of the code lists. */
function night(date: string, claim: object = {}, barrage: object = {}): object {
  const counts = { launched: 10, intercepted: 8, suppressed: 1 };
  const window = { window_start: date, window_end: date };
  const own = {
    source: 'ua-air-force',
    munition: 'shahed-136-131',
    ...window,
    ...counts,
    ...claim,
  };
  return { attacker: 'RUS', defender: 'UKR', night: date, claims: [own], ...barrage };
}

const dateOf = (index: number): string =>
  new Date(Date.UTC(2024, 6, 1 + index)).toISOString().slice(0, 10);
const nights = (count: number, claim: object = {}): object[] =>
  Array.from({ length: count }, (_, index) => night(dateOf(index), claim));

const batch = (items: unknown, query = '') => test.post(`/barrages/batch${query}`, items);
const ndjson = (payload: string | Buffer, query = '', type = NDJSON) =>
  test.request({
    method: 'POST',
    url: `/barrages/batch${query}`,
    headers: { 'content-type': type, authorization: `Bearer ${test.key}` },
    payload,
  });
const lines = (...items: unknown[]): string => items.map((item) => JSON.stringify(item)).join('\n');

describe('POST /barrages/batch', () => {
  describe('201 and 200', () => {
    it('records every barrage under one dataset version, with one result per item in order', async () => {
      const before = await versionNow();
      const response = await batch([CARD_NIGHT, ...nights(2)]);
      expect(response.statusCode).toBe(201);
      const { data, meta } = response.json();
      expect(data).toMatchObject({
        mode: 'atomic',
        dry_run: false,
        created: 3,
        existing: 0,
        failed: 0,
      });
      expect(data.results[0]).toEqual({
        index: 0,
        status: 201,
        outcome: 'created',
        id: ID,
        location: `/barrages/${ID}`,
      });
      expect(data.results.map(({ id }: { id: string }) => id)).toEqual([
        ID,
        'rus-ukr-2024-07-01',
        'rus-ukr-2024-07-02',
      ]);
      expect(await versionNow()).toBe(before + 1);
      expect(meta.dataset_version).toBe(before + 1);
      for (const { location } of data.results) {
        expect((await test.get(location)).json().data.dataset_version).toBe(before + 1);
      }
    });

    it('records what one by one would have been recorded', async () => {
      const other = await testApp();
      await batch([CARD_NIGHT, ...nights(3)]);
      for (const item of [CARD_NIGHT, ...nights(3)]) await other.post('/barrages', item);
      expect((await other.get('/stats')).json().data).toEqual(
        (await test.get('/stats')).json().data,
      );
      await other.close();
    });

    it('200 where everything is there, and writes nothing', async () => {
      await batch(nights(2));
      const before = await versionNow();
      const response = await batch(nights(2));
      expect(response.statusCode).toBe(200);
      expect(response.json().data).toMatchObject({ created: 0, existing: 2 });
      expect((await batch(nights(3))).statusCode).toBe(201);
      expect(await versionNow()).toBe(before + 1);
    });

    it('compares an item with those before it, and creates a new munition once', async () => {
      const twice = night('2024-07-01', { munition: 'gerbera', as_reported: true });
      const after = night('2024-07-02', { munition: 'gerbera' });
      const { data } = (await batch([twice, twice, after])).json();
      expect(data.results.map(({ outcome }: { outcome: string }) => outcome)).toEqual([
        'created',
        'existing',
        'created',
      ]);
      const munitions = (await test.get('/munitions')).json().data;
      expect(munitions.filter(({ slug }: { slug: string }) => slug === 'gerbera')).toHaveLength(1);
      const stored = (await test.get('/barrages/rus-ukr-2024-07-02')).json().data;
      expect(stored.claims[0].flags).toEqual(['unknown_munition']);
    });

    it('takes up the revisions of a barrage that was retracted', async () => {
      await batch(nights(1));
      await test.retract('/barrages/rus-ukr-2024-07-01');
      await batch(nights(2));
      expect((await test.get('/barrages/rus-ukr-2024-07-01')).json().data.revision).toBe(2);
    });

    it('records 1,000 barrages of three claims in far less time than one would notice', async () => {
      const items = Array.from({ length: 1000 }, (_, index) => {
        const date = new Date(Date.UTC(2020, 0, 1 + index)).toISOString().slice(0, 10);
        const [claim] = (night(date) as { claims: object[] }).claims;
        const claims = ['a', 'b', 'c'].map((target, launched) => ({
          ...claim,
          target,
          launched: 20 + launched,
        }));
        return { ...night(date), claims };
      });
      const start = performance.now();
      const response = await batch(items);
      const took = performance.now() - start;
      expect(response.json().data.created).toBe(1000);
      expect((await test.get('/stats')).json().data.claims).toBe(3000);
      expect(took).toBeLessThan(5000);
    });
  });

  describe('newline-delimited JSON', () => {
    it('is read like an array; a last line without newline and blank lines are fine', async () => {
      for (const text of [
        lines(...nights(2)),
        `\n${lines(...nights(2)).replace('\n', '\r\n\r\n  \n')}\r\n\n`,
        `\uFEFF${lines(...nights(2))}\n`,
      ]) {
        const { data } = (await ndjson(text, '?dry_run=true')).json();
        expect(data).toMatchObject({ created: 2, failed: 0 });
      }
      expect((await ndjson(lines(...nights(2)), '', `${NDJSON}; charset=utf-8`)).statusCode).toBe(
        201,
      );
    });

    it('keeps what other readers take for the end of a line or cut in two', async () => {
      const note = 'Київ 🛡 first\u2028second';
      const text = JSON.stringify(night('2024-07-01', { note, target: 'Київ' }));
      await test.app.listen({ host: '127.0.0.1', port: 0 });
      const address = test.app.listeningOrigin;
      const bytes = Buffer.from(text);
      // One byte at a time: every character of more than one byte arrives in parts.
      const body = new ReadableStream<Uint8Array>({
        start(controller) {
          for (const byte of bytes) controller.enqueue(new Uint8Array([byte]));
          controller.close();
        },
      });
      const response = await fetch(`${address}/barrages/batch`, {
        method: 'POST',
        headers: { 'content-type': NDJSON, authorization: `Bearer ${test.key}` },
        body,
        duplex: 'half',
      } as RequestInit);
      expect(response.status).toBe(201);
      const { data } = (await test.get('/barrages/rus-ukr-2024-07-01')).json();
      expect(data.claims[0]).toMatchObject({ note, target: 'Київ' });
    });

    it('400 for what is not UTF-8', async () => {
      const broken = Buffer.concat([Buffer.from(lines(...nights(1))), Buffer.from([0x0a, 0xff])]);
      const response = await ndjson(broken);
      expect(response.statusCode).toBe(400);
      expect(response.json().type).toBe('/problems/malformed-request');
      expect((await test.get('/barrages')).json().data).toEqual([]);
    });
  });

  describe('207, mode=partial', () => {
    it('writes what can be written, and says of everything else why not', async () => {
      await batch(nights(1));
      const before = await versionNow();
      const text = [
        JSON.stringify(night('2024-07-01', { intercepted: 7 })),
        '{"attacker":',
        JSON.stringify(night('2024-07-02', { source: 'ua-air-forc' })),
        JSON.stringify(night('2024-07-03', {}, { lunched: 1 })),
        JSON.stringify(night('2024-07-04')),
        JSON.stringify(night('2024-07-01')),
        JSON.stringify(night('2024-07-04', { intercepted: 9 })),
        '{"__proto__":{}}',
      ].join('\n');
      const response = await ndjson(text, '?mode=partial');
      expect(response.statusCode).toBe(207);
      const { data } = response.json();
      expect(data).toMatchObject({ mode: 'partial', created: 1, existing: 1, failed: 6 });
      const told = data.results.map(
        ({ status, outcome, id }: { status: number; outcome: string; id: string | null }) =>
          `${status} ${outcome} ${id}`,
      );
      expect(told).toEqual([
        '409 conflict rus-ukr-2024-07-01',
        '400 unreadable null',
        '422 invalid null',
        '422 invalid null',
        '201 created rus-ukr-2024-07-04',
        '200 existing rus-ukr-2024-07-01',
        '409 conflict rus-ukr-2024-07-04',
        '400 unreadable null',
      ]);
      expect(data.results[0].errors[0]).toMatchObject({
        pointer: '/claims/0/intercepted',
        code: 'differs',
      });
      expect(data.results[2].errors[0].detail).toContain('did you mean "ua-air-force"?');
      expect(data.results[3].errors).toEqual([
        { pointer: '/lunched', code: 'unknown', detail: expect.stringContaining('lunched') },
      ]);
      expect(data.results[6].errors).toEqual([
        {
          pointer: '/claims/0/intercepted',
          code: 'differs',
          detail: 'item 4 of this batch is the same barrage and says otherwise',
        },
      ]);
      expect(await versionNow()).toBe(before + 1);
    });

    it('writes nothing where nothing can be written', async () => {
      const before = await versionNow();
      const { data } = (await batch([1, null, [], { attacker: 'RUS' }], '?mode=partial')).json();
      expect(data).toMatchObject({ created: 0, existing: 0, failed: 4 });
      expect(await versionNow()).toBe(before);
    });

    it('gives no item more than 20 errors', async () => {
      const keys = Object.fromEntries(Array.from({ length: 50 }, (_, key) => [`key${key}`, 1]));
      const wrong = Array.from({ length: 30 }, (_, target) => ({
        ...(night('2024-07-01') as { claims: object[] }).claims[0],
        source: 'nobody',
        target: `t${target}`,
      }));
      const items = [night('2024-07-01', {}, keys), night('2024-07-01', {}, { claims: wrong })];
      const { data } = (await batch(items, '?mode=partial')).json();
      for (const { errors } of data.results) expect(errors).toHaveLength(20);
    });
  });

  describe('422 and 409, mode=atomic', () => {
    it('422 with every error of every item, and nothing is written', async () => {
      await batch([night('2024-06-30')]);
      const before = await versionNow();
      const response = await ndjson(
        [
          JSON.stringify(night('2024-07-01')),
          JSON.stringify(night('2024-07-02', { intercepted: 11, suppressed: null })),
          'no json',
          JSON.stringify(night('2024-07-03', { source: 'ua-air-forc', launched: -1 })),
          JSON.stringify(night('2024-07-04', { source: 'ua-air-forc' })),
          JSON.stringify(night('2024-06-30', { intercepted: 7 })),
        ].join('\n'),
      );
      expect(response.statusCode).toBe(422);
      const { type, errors } = response.json();
      expect(type).toBe('/problems/validation');
      expect(
        errors.map(({ pointer, code }: { pointer: string; code: string }) => `${pointer} ${code}`),
      ).toEqual([
        '/1/claims/0/intercepted exceeds_launched',
        '/1/claims/0/suppressed neutralised_exceeds_launched',
        '/1/claims/0/launched components_exceed_launched',
        '/2 unreadable',
        '/3/claims/0/launched too_small',
        '/4/claims/0/source unknown_source',
        '/5/claims/0/intercepted differs',
      ]);
      expect(errors[5].detail).toContain('did you mean "ua-air-force"?');
      expect(await versionNow()).toBe(before);
    });

    it('409 where all that is wrong is what is there already, or before it in the batch', async () => {
      await batch(nights(1));
      const before = await versionNow();
      const items = [
        night('2024-07-01', { intercepted: 7 }),
        night('2024-07-02'),
        night(
          '2024-07-02',
          {},
          { claims: [], debris_sites: [{ source: 'ua-air-force', place: 'x' }] },
        ),
      ];
      const response = await batch(items);
      expect(response.statusCode).toBe(409);
      expect(response.json().type).toBe('/problems/conflict');
      expect(response.json().errors).toMatchObject([
        { pointer: '/0/claims/0/intercepted', code: 'differs' },
        {
          pointer: '/2/debris_sites/0',
          code: 'not_recorded',
          detail: 'item 1 of this batch is the same barrage without this',
        },
      ]);
      expect(await versionNow()).toBe(before);
    });

    it('422 for no array and for an empty batch, with no more than 100 errors', async () => {
      for (const body of [{}, [], 'null']) {
        expect((await batch(body)).json()).toMatchObject({
          status: 422,
          errors: [{ pointer: '' }],
        });
      }
      expect((await ndjson('\n\n')).statusCode).toBe(422);
      const { errors } = (await batch(Array.from({ length: 200 }, () => ({})))).json();
      expect(errors).toHaveLength(100);
    });
  });

  describe('413, 415, 401 and 400', () => {
    it('413 for more than 1,000 barrages, or more than 5 MiB, in either form', async () => {
      const many = Array.from({ length: 1001 }, () => 1);
      const large = `"${'x'.repeat(5 * 1024 * 1024)}"`;
      for (const response of [
        await batch(many),
        await ndjson(many.join('\n')),
        await batch(`[${large}]`),
        await ndjson(large),
      ]) {
        expect(response.statusCode).toBe(413);
        expect(response.json().type).toBe('/problems/payload-too-large');
      }
      expect((await batch(many.slice(1), '?mode=partial')).json().data.failed).toBe(1000);
    });

    it('413 as soon as too much has arrived, without waiting for the rest', async () => {
      await test.app.listen({ host: '127.0.0.1', port: 0 });
      const filler = `${'x'.repeat(65_535)}\n`;
      let sent = 0;
      const text = function* () {
        for (; sent < ENOUGH; sent += filler.length) yield filler;
      };
      const status = await new Promise((resolve) => {
        const headers = { 'content-type': NDJSON, authorization: `Bearer ${test.key}` };
        const address = `${test.app.listeningOrigin}/barrages/batch`;
        const posting = request(address, { method: 'POST', headers }, (response) => {
          response.resume();
          resolve(response.statusCode);
        });
        // The client may read the answer, or find the connection closed while it still sends.
        posting.on('error', () => resolve('closed'));
        Readable.from(text()).pipe(posting);
      });
      expect([413, 'closed']).toContain(status);
      expect(sent).toBeLessThan(ENOUGH);
      expect((await test.get('/healthz')).statusCode).toBe(200);
    });

    it('415 with Accept-Post for another type, and for none', async () => {
      for (const type of ['text/plain', 'application/merge-patch+json']) {
        const response = await ndjson(lines(...nights(1)), '', type);
        expect(response.statusCode).toBe(415);
        expect(response.headers['accept-post']).toBe('application/json, application/x-ndjson');
      }
      const elsewhere = await test.request({
        method: 'POST',
        url: '/barrages',
        headers: { 'content-type': NDJSON, authorization: `Bearer ${test.key}` },
        payload: lines(...nights(1)),
      });
      expect(elsewhere.statusCode).toBe(415);
    });

    it('401 without a key, 403 never for an admin, 400 for what cannot be read or asked', async () => {
      expect((await test.post('/barrages/batch', nights(1), null)).statusCode).toBe(401);
      const admin = await makeKey(test.db, 'admin');
      expect((await test.post('/barrages/batch', nights(1), admin)).statusCode).toBe(201);
      expect((await batch('[{')).statusCode).toBe(400);
      expect((await batch(nights(1), '?mode=some')).json().type).toBe(
        '/problems/invalid-parameter',
      );
      expect((await batch(nights(1), '?dry_run=yes')).statusCode).toBe(400);
      const get = await test.get('/barrages/batch');
      expect([get.statusCode, get.headers.allow]).toEqual([405, 'POST, OPTIONS']);
    });
  });

  describe('dry_run', () => {
    const headline = async (attacker: string, defender: string) => {
      const address = `/stats?attacker=${attacker}&defender=${defender}`;
      const { claims, nights, launched, intercepted, suppressed, left_airspace, rates } = (
        await test.get(address)
      ).json().data;
      return { claims, nights, launched, intercepted, suppressed, left_airspace, rates };
    };
    const mixed = [
      ...nights(40, { launched: 13, intercepted: 9 }).toReversed(),
      night('2025-09-01', { suppressed: null }),
      night('2025-09-02', { launched: null, suppressed: null }),
      night('2025-09-03', { intercepted: null, suppressed: null }),
      night('2025-09-04', { scope: 'regional' }),
      night('2025-09-05', { basis: 'tally', munition: 'gerbera', as_reported: true }),
      night('2025-09-06', { launched: 5, intercepted: 9, suppressed: null, as_reported: true }),
      night('2025-09-07', { source: 'ru-mod' }),
      night('2025-09-08', { source: 'ru-mod' }, { attacker: 'UKR', defender: 'RUS' }),
      night('2025-09-09', {}, { claims: [] }),
      CARD_NIGHT,
    ];

    it('200 with exactly the figures that the statistics give after the write, and writes nothing', async () => {
      await batch([night('2024-07-03', { launched: 13, intercepted: 9 }), night('2024-12-24')]);
      const before = await versionNow();
      const rehearsed = await batch(mixed, '?dry_run=true');
      expect(rehearsed.statusCode).toBe(200);
      const { data, meta } = rehearsed.json();
      expect(data.dry_run).toBe(true);
      expect(meta.dataset_version).toBe(before);
      expect(await versionNow()).toBe(before);
      expect(data.effect.map(({ attacker }: { attacker: string }) => attacker)).toEqual([
        'RUS',
        'UKR',
      ]);
      for (const { attacker, defender, before: now } of data.effect) {
        expect(now).toEqual(await headline(attacker, defender));
      }
      const real = await batch(mixed);
      expect(real.json().data.results).toEqual(data.results);
      expect(real.json().data.effect).toBeUndefined();
      for (const { attacker, defender, after } of data.effect) {
        expect(after).toEqual(await headline(attacker, defender));
      }
      expect(data.effect[0].after.claims).toBeGreaterThan(40);
    });

    it('207 in the mode partial: the effect is that of the items that can be written', async () => {
      const items = [
        night('2024-07-01'),
        night('2024-07-01', { launched: 50 }),
        { attacker: 'XXA' },
      ];
      const response = await batch(items, '?mode=partial&dry_run=true');
      expect(response.statusCode).toBe(207);
      expect(response.json().data).toMatchObject({
        created: 1,
        failed: 2,
        effect: [{ attacker: 'RUS', before: { claims: 0 }, after: { claims: 1, launched: 10 } }],
      });
    });

    it('422 and 409 as the write would be', async () => {
      expect((await batch([{}], '?dry_run=true')).statusCode).toBe(422);
      await batch(nights(1));
      expect((await batch(nights(1, { launched: 11 }), '?dry_run=true')).statusCode).toBe(409);
    });
  });
});
