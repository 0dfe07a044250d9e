import { parse } from 'csv-parse/sync';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CARD_NIGHT } from '../../src/demo/card-night.js';
import { commit } from '../../src/storage/commit.js';
import { barrageRow, CAUSE, claimRow, munitionRow, sourceRow } from '../storage/fixtures.js';
import { type TestApp, testApp } from '../support/test-app.js';

const ID = 'rus-ukr-2024-09-07';
const PAIR = 'attacker=XXA&defender=XXB';
const [CLAIM] = CARD_NIGHT.claims;

let test: TestApp;
let claim: string;
beforeEach(async () => {
  test = await testApp();
  claim = (await test.post('/barrages', CARD_NIGHT)).json().data.claims[0].id;
});
afterEach(() => test.close());

const data = async (url: string) => (await test.get(url)).json().data;
const csv = async (url: string) =>
  parse((await test.get(url)).body, { columns: true }) as Record<string, string>[];
const night = (date: string, more: object = {}) => ({
  attacker: 'RUS',
  defender: 'UKR',
  claims: [{ ...CLAIM, window_start: date, window_end: `${date}T08:00`, ...more }],
});

describe('what every client may rely on', () => {
  it.each([
    'limit=0',
    'limit=',
    'limit=1e0',
    'limit=501',
    'limit=+1',
    'limit=01e',
    'limit=1&limit=2',
  ])('%s is 400 and names limit', async (query) => {
    for (const list of ['/barrages', '/claims', '/debris-sites', '/changes']) {
      const response = await test.get(`${list}?${query}`);
      expect(response.statusCode, list).toBe(400);
      expect(response.json().errors[0]).toMatchObject({ parameter: 'limit' });
    }
  });

  it('an asked date is the answered date, or the answer is empty', async () => {
    await test.post('/barrages', night('2024-09-10'));
    for (const [date, launched] of [
      ['2024-09-07', 67],
      ['2024-09-08', null],
      ['2024-09-10', 67],
    ] as const) {
      const window = `from=${date}&to=${date}`;
      expect((await data(`/stats?${window}`)).launched).toBe(launched);
      const nights = (await data(`/claims?${window}`)).map((row: { night: string }) => row.night);
      expect(nights).toEqual(launched === null ? [] : [date]);
      const points = (await data(`/stats/series?${window}`)).points;
      expect(points.map(({ bucket }: { bucket: string }) => bucket)).toEqual(nights);
    }
    expect((await test.get('/stats?from=2024-09-31')).statusCode).toBe(400);
  });

  it('null is never 0, in JSON and in CSV', async () => {
    const silent = { launched: 5, intercepted: 0, suppressed: null, left_airspace: null };
    await test.post('/barrages', night('2024-09-10', { ...silent, left_airspace_to: null }));
    const url = '/claims?from=2024-09-10&to=2024-09-10';
    expect((await data(url))[0]).toMatchObject({ intercepted: 0, suppressed: null });
    expect((await csv(`${url}&format=csv`))[0]).toMatchObject({ intercepted: '0', suppressed: '' });
    const stats = await data('/stats?from=2024-09-10&to=2024-09-10');
    expect(stats).toMatchObject({ intercepted: 0, suppressed: null, left_airspace: null });
    expect(stats.rates.neutralisation).toMatchObject({ value: null, numerator: null });
    expect((await data('/stats?from=2030-01-01')).launched).toBeNull();
  });

  it.each(['/claims', '/barrages', '/debris-sites', '/stats/series'])(
    'an empty CSV of %s has its header',
    async (path) => {
      const { body } = await test.get(`${path}?from=2030-01-01&format=csv`);
      expect(body).toMatch(/^[a-z_.]+(,[a-z_.0-9]+)+\r\n$/);
    },
  );

  it('gzip and identity never share a strong tag', async () => {
    await test.patch(`/claims/${claim}`, { note: 'x'.repeat(2000), reason: 'a test' });
    const plain = await test.get(`/claims/${claim}`);
    const gzip = await test.get(`/claims/${claim}`, { 'accept-encoding': 'gzip' });
    expect(gzip.headers['content-encoding']).toBe('gzip');
    expect(String(plain.headers.etag)).not.toMatch(/^W\//);
    expect(gzip.headers.etag).not.toBe(plain.headers.etag);
  });

  it('304 for a weak tag, a list of tags and *; 412 on writes', async () => {
    for (const url of ['/stats', '/claims', `/claims/${claim}`, `/barrages/${ID}`]) {
      const tag = String((await test.get(url)).headers.etag);
      const strong = tag.replace(/^W\//, '');
      for (const named of [tag, `W/${strong}`, `"a", W/"b,c", ${strong}`, '*']) {
        const answer = await test.get(url, { 'if-none-match': named });
        expect(answer.statusCode, `${url} ${named}`).toBe(304);
      }
    }
    const stale = await test.patch(
      `/claims/${claim}`,
      { launched: 68, reason: 'a test' },
      `"${claim}.7"`,
    );
    expect(stale.statusCode).toBe(412);
    expect((await data(`/claims/${claim}`)).launched).toBe(67);
  });

  it('a correction of a night in 2023 changes the ETag of every list and statistic that contains it', async () => {
    const posted = await test.post('/barrages', night('2023-05-04'));
    const old = posted.json().data.claims[0].id;
    const urls = [
      '/barrages',
      '/barrages?to=2023-12-31',
      '/claims',
      '/claims?from=2023-05-04&to=2023-05-04',
      '/stats',
      '/stats?group_by=year',
      '/stats/series?bucket=year',
      '/stats/trend',
      '/stats/salvo-size',
      '/stats/records',
      '/stats/coverage',
      '/stats/decoys',
      '/stats/revisions',
      '/stats/compare?a_to=2023-12-31&b_from=2024-01-01',
      '/barrages/rus-ukr-2023-05-04',
    ];
    const tags = async () =>
      Promise.all(urls.map(async (url) => String((await test.get(url)).headers.etag)));
    const before = await tags();
    expect(
      (await test.patch(`/claims/${old}`, { intercepted: 1, reason: 'a test' })).statusCode,
    ).toBe(200);
    const after = await tags();
    urls.forEach((url, index) => {
      expect(after[index], url).not.toBe(before[index]);
    });
  });

  it('JSON, CSV, NDJSON, series and summary agree', async () => {
    await test.post('/barrages', night('2024-09-10', { launched: 70, note: 'a, "b"' }));
    const rows = (await data('/claims')) as { id: string; launched: number }[];
    const table = await csv('/claims?format=csv');
    const lines = (await test.get('/claims?format=ndjson')).body.trim().split('\n');
    expect(table.map(({ id }) => id)).toEqual(rows.map(({ id }) => id));
    expect(lines.map((line) => JSON.parse(line))).toEqual(rows);
    const launched = rows.reduce((sum, row) => sum + row.launched, 0);
    expect((await data('/stats')).launched).toBe(launched);
    const { points } = await data('/stats/series?bucket=month');
    expect(points[0].launched).toBe(launched);
    const [series] = await csv('/stats/series?bucket=month&format=csv');
    expect(Number(series?.['launched'])).toBe(launched);
    const [group] = await csv('/stats?group_by=year&format=csv');
    expect(group).toMatchObject({ 'key.year': '2024', launched: String(launched) });
  });

  it('a walk over 10,000 claims while another client writes is the export and the count of its version', async () => {
    const at = (index: number) =>
      new Date(Date.UTC(2020, 0, 1 + (index % 500))).toISOString().slice(0, 10);
    await commit(test.db, CAUSE, async (draft) => {
      draft.create('source', sourceRow({ slug: 'xxb-staff', party: 'XXB' }));
      draft.create('munition', munitionRow());
      for (let day = 0; day < 500; day += 1) draft.create('barrage', barrageRow(at(day)));
      for (let index = 0; index < 10_000; index += 1) {
        const id = `clm_${String((index * 7919) % 1_000_003).padStart(26, '0')}`;
        const barrage_id = `xxa-xxb-${at(index)}`;
        const row = { id, barrage_id, source: 'xxb-staff', munition: 'synthetic-uav' };
        draft.create('claim', claimRow({ ...row, target: `t${index}` }));
      }
    });
    const ids: string[] = [];
    let cursor = '';
    let version = 0;
    do {
      const page = await test.get(`/claims?${PAIR}&limit=500&fields=id,night&sort=night${cursor}`);
      const answer = page.json();
      version = answer.meta.dataset_version;
      ids.push(...answer.data.map(({ id }: { id: string }) => id));
      const next: string | null = answer.page.next_cursor;
      cursor = next === null ? '' : `&cursor=${encodeURIComponent(next)}`;
      // Another client adds, corrects and retracts on both sides of where the walk stands.
      const added = { source: 'xxb-staff', munition: 'synthetic-uav', target: `new ${ids.length}` };
      const window = { window_start: at(ids.length), window_end: at(ids.length) };
      await test.post(`/barrages/xxa-xxb-${at(ids.length)}/claims`, { ...added, ...window });
      await test.patch(`/claims/${ids.at(-1)}`, { note: 'moved', reason: 'a test' });
      if (ids.length > 500) {
        const gone = await test.retract(`/claims/${ids[ids.length - 499]}`);
        expect(gone.statusCode).toBe(204);
      }
    } while (cursor !== '');
    expect(ids).toHaveLength(10_000);
    expect(new Set(ids).size).toBe(10_000);
    const pinned = `/claims?${PAIR}&sort=night&as_of=${version}`;
    expect((await csv(`${pinned}&format=csv&fields=id`)).map(({ id }) => id)).toEqual(ids);
    expect((await test.get(`${pinned}&count=exact&limit=1`)).json().page.total).toBe(10_000);
    expect((await test.get(`/claims?${PAIR}&count=exact&limit=1`)).json().page.total).not.toBe(
      10_000,
    );
  }, 60_000);

  it('a retraction is 410, and still there at as_of', async () => {
    const { dataset_version } = (await test.get('/stats')).json().meta;
    const url = `/claims/${claim}`;
    const gone = await test.retract(url, 'test', `"${claim}.1"`);
    expect(gone.statusCode).toBe(204);
    expect((await test.get(url)).statusCode).toBe(410);
    expect((await data(`${url}?as_of=${dataset_version}`)).launched).toBe(67);
    expect((await data('/stats')).claims).toBe(0);
    expect((await data(`/stats?as_of=${dataset_version}`)).launched).toBe(67);
  });

  it('batch errors keep their index', async () => {
    const items = [
      night('2024-10-01'),
      night('2024-10-02', { intercepted: 70 }),
      night('2024-10-03'),
    ];
    const atomic = await test.post('/barrages/batch', items);
    expect(atomic.statusCode).toBe(422);
    for (const { pointer } of atomic.json().errors) expect(pointer).toMatch(/^\/1\/claims\/0\//);
    const partial = await test.post('/barrages/batch?mode=partial', items);
    expect(partial.statusCode).toBe(207);
    const { results } = partial.json().data;
    expect(
      results.map(({ index, status }: { index: number; status: number }) => [index, status]),
    ).toEqual([
      [0, 201],
      [1, 422],
      [2, 201],
    ]);
  });

  it('a reused Idempotency-Key with another body is 422', async () => {
    const post = (body: object) =>
      test.request({
        method: 'POST',
        url: '/barrages',
        headers: {
          authorization: `Bearer ${test.key}`,
          'content-type': 'application/json',
          'idempotency-key': 'one',
        },
        payload: JSON.stringify(body),
      });
    const first = await post(night('2024-10-01'));
    expect(first.statusCode).toBe(201);
    const replay = await post(night('2024-10-01'));
    expect(replay.body).toBe(first.body);
    expect(replay.headers['idempotent-replayed']).toBe('true');
    expect((await post(night('2024-10-02'))).statusCode).toBe(422);
  });

  it.each([
    ['spring', '2024-03-30T20:00', '2024-03-31T08:00', '2024-03-31'],
    ['autumn', '2024-10-26T20:00', '2024-10-27T08:00', '2024-10-27'],
  ])(
    'the night on which the clocks change in %s is one bucket, once',
    async (_, start, end, date) => {
      const claims = [{ ...CLAIM, window_start: start, window_end: end }];
      const response = await test.post('/barrages', { attacker: 'RUS', defender: 'UKR', claims });
      expect(response.json().data.night).toBe(date);
      const { points } = await data(
        `/stats/series?from=${date.slice(0, 8)}01&to=${date}&fill=empty`,
      );
      const own = points.filter((point: { launched: number | null }) => point.launched !== null);
      expect(
        own.filter(({ bucket }: { bucket: string }) => bucket >= start.slice(0, 7)),
      ).toMatchObject([{ bucket: date, launched: 67 }]);
      const buckets = points.map(({ bucket }: { bucket: string }) => bucket);
      expect(new Set(buckets).size).toBe(buckets.length);
    },
  );
});
