import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { CARD_NIGHT } from '../../src/demo/card-night.js';
import { commit } from '../../src/storage/commit.js';
import { barrageRow, CAUSE, claimRow, munitionRow, sourceRow } from '../storage/fixtures.js';
import { type TestApp, testApp } from '../support/test-app.js';

const PAIR = 'attacker=XXA&defender=XXB';
const NIGHTS = 60;
const CLAIMS = 700;
const nightOf = (index: number): string =>
  new Date(Date.UTC(2024, 0, 1 + (index % NIGHTS))).toISOString().slice(0, 10);

/** Synthetic claims of two sides, some without launches, in an order of ids that is not that of nights. */
async function fill(test: TestApp): Promise<void> {
  await commit(test.db, CAUSE, async (draft) => {
    draft.create('source', sourceRow({ slug: 'xxb-staff', party: 'XXB' }));
    draft.create('source', sourceRow({ slug: 'xxa-ministry', party: 'XXA' }));
    draft.create('munition', munitionRow());
    for (let day = 0; day < NIGHTS; day += 1) draft.create('barrage', barrageRow(nightOf(day)));
    for (let index = 0; index < CLAIMS; index += 1) {
      draft.create(
        'claim',
        claimRow({
          id: `clm_${String((index * 7919) % 1_000_003).padStart(26, '0')}`,
          barrage_id: `xxa-xxb-${nightOf(index)}`,
          source: index % 5 === 0 ? 'xxa-ministry' : 'xxb-staff',
          munition: 'synthetic-uav',
          target: `t${index}`,
          launched: index % 9 === 0 ? null : index % 50,
          intercepted: index % 50 === 0 ? 0 : Math.floor((index % 50) / 2),
          scope: index % 4 === 0 ? 'regional' : 'national',
          note: index % 97 === 0 ? '=SUM(A1), "quoted"\nand broken' : null,
        }),
      );
    }
  });
}

const idsOf = (rows: readonly { id: string }[]) => rows.map(({ id }) => id);
const fromCsv = (text: string) => parse(text, { columns: true }) as Record<string, string>[];
const fromNdjson = (text: string) =>
  text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));

describe('a list in every format', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await testApp();
    await fill(test);
  });
  afterAll(() => test.close());

  /** Every row of a walk page by page. */
  async function walk(path: string): Promise<Record<string, unknown>[]> {
    const rows: Record<string, unknown>[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const next: string = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`;
      const answer = (await test.get(`${path}&limit=90${next}`)).json();
      rows.push(...answer.data);
      cursor = answer.page.next_cursor as string | null;
    }
    return rows;
  }

  it('gives the same rows as JSON pages, CSV, NDJSON and count=exact, whatever is asked', async () => {
    const questions = fc.record({
      list: fc.constantFrom('/claims', '/barrages'),
      from: fc.option(fc.constantFrom('2024-01-05', '2024-02-20'), { nil: undefined }),
      side: fc.option(fc.constantFrom('defender', 'attacker', 'third_party'), { nil: undefined }),
      scope: fc.option(fc.constantFrom('national', 'regional,other'), { nil: undefined }),
      min_launched: fc.option(fc.constantFrom(0, 10, 49), { nil: undefined }),
      max_launched: fc.option(fc.constantFrom(12, 0), { nil: undefined }),
      sort: fc.constantFrom('night', '-night'),
    });
    await fc.assert(
      fc.asyncProperty(questions, async ({ list, ...asked }) => {
        const given = Object.entries(asked).filter(([, value]) => value !== undefined);
        const query = new URLSearchParams(
          given.map(([name, value]): [string, string] => [name, String(value)]),
        );
        const path = `${list}?${PAIR}&${query}`;
        const pages = await walk(path);
        const ids = pages.map(({ id }) => id);
        expect(new Set(ids).size).toBe(ids.length);
        const lines = fromNdjson((await test.get(`${path}&format=ndjson`)).body);
        expect(lines).toEqual(pages);
        const csv = fromCsv((await test.get(`${path}&format=csv`)).body);
        expect(idsOf(csv as never)).toEqual(ids);
        const { page } = (await test.get(`${path}&count=exact&limit=1`)).json();
        expect(page.total).toBe(ids.length);
        if (list === '/claims') {
          const { data } = (await test.get(`/stats?${PAIR}`)).json();
          expect(ids.length).toBeLessThanOrEqual(CLAIMS);
          expect(data.claims).toBeLessThanOrEqual(CLAIMS);
        }
      }),
      { numRuns: 12 },
    );
  });

  it('agrees with the statistics of the same claims', async () => {
    const path = `/claims?${PAIR}&side=defender&scope=national`;
    const csv = fromCsv((await test.get(`${path}&format=csv`)).body);
    const counted = csv.filter((row) => row['launched'] !== '' && row['intercepted'] !== '');
    const sum = (name: string) => counted.reduce((total, row) => total + Number(row[name]), 0);
    const { data } = (await test.get(`/stats?${PAIR}`)).json();
    expect(data).toMatchObject({
      claims: counted.length,
      launched: sum('launched'),
      intercepted: sum('intercepted'),
    });
    const months = (await test.get(`/stats?${PAIR}&group_by=month&format=csv`)).body;
    const groups = fromCsv(months);
    expect(groups.map((row) => row['key.month'])).toEqual(['2024-01', '2024-02']);
    const total = (name: string) => groups.reduce((all, row) => all + Number(row[name]), 0);
    expect([total('claims'), total('launched')]).toEqual([data.claims, data.launched]);
    const points = fromNdjson(
      (await test.get(`/stats/series?${PAIR}&bucket=month&format=ndjson`)).body,
    );
    expect(points.map((point) => point.launched)).toEqual(
      groups.map((row) => Number(row['launched'])),
    );
  });

  it('streams all rows without a limit, one page with one, and names the next in Link', async () => {
    const all = await test.get(`/claims?${PAIR}&format=ndjson`);
    expect(all.headers['content-type']).toBe('application/x-ndjson; charset=utf-8');
    expect(all.headers['content-disposition']).toMatch(/filename="claims-v\d+\.ndjson"/);
    expect(all.headers['content-length']).toBeUndefined();
    expect(fromNdjson(all.body)).toHaveLength(CLAIMS);
    const page = await test.get(`/claims?${PAIR}&format=ndjson&limit=500&count=exact`);
    expect(fromNdjson(page.body)).toHaveLength(500);
    expect(page.headers['total-count']).toBe(String(CLAIMS));
    const [, next = ''] = /^<(.+)>; rel="next"$/.exec(String(page.headers['link'])) ?? [];
    expect(fromNdjson((await test.get(next)).body)).toHaveLength(200);
    const json = await test.get(`/claims?${PAIR}&limit=500`);
    const [, link = ''] = /^<(.+)>; rel="next"$/.exec(String(json.headers['link'])) ?? [];
    expect((await test.get(link)).json().data).toHaveLength(200);
  });

  it('gives the fields that are asked for, in every format', async () => {
    const { data } = (await test.get(`/claims?${PAIR}&limit=2&fields=night,launched`)).json();
    expect(data.map((row: object) => Object.keys(row))).toEqual([
      ['night', 'launched'],
      ['night', 'launched'],
    ]);
    const csv = (await test.get(`/claims?${PAIR}&limit=2&fields=night,launched&format=csv`)).body;
    expect(csv.split('\r\n')[0]).toBe('night,launched');
    const refused = await test.get(`/claims?${PAIR}&fields=nigth`);
    expect(refused.statusCode).toBe(400);
    expect(refused.json().errors[0].detail).toContain('did you mean "night"');
  });

  it('takes Accept with q values, format before Accept, and refuses what it cannot give', async () => {
    const typeOf = async (url: string, accept?: string) =>
      String((await test.get(url, accept === undefined ? {} : { accept })).headers['content-type']);
    const url = `/claims?${PAIR}&limit=1`;
    expect(await typeOf(url, 'text/csv')).toBe('text/csv; charset=utf-8');
    expect(await typeOf(url, 'text/csv;q=0.3, application/x-ndjson;q=0.9')).toContain('ndjson');
    expect(await typeOf(url, 'text/html, */*;q=0.1')).toContain('application/json');
    expect(await typeOf(`${url}&format=json`, 'text/csv')).toContain('application/json');
    expect((await test.get(url, { accept: 'application/geo+json' })).statusCode).toBe(406);
    expect((await test.get(`${url}&format=geojson`)).statusCode).toBe(400);
    expect(await typeOf('/debris-sites?format=geojson')).toContain('application/geo+json');
  });

  it('has its header when it is empty, and no other byte', async () => {
    const empty = await test.get(`/claims?${PAIR}&from=2030-01-01&format=csv`);
    expect(empty.statusCode).toBe(200);
    expect(empty.body).toMatch(/^id,revision,[^\r\n]+\r\n$/);
    expect((await test.get(`/claims?${PAIR}&from=2030-01-01&format=ndjson`)).body).toBe('');
    expect((await test.get('/stats/series?from=2030-01-01&format=csv')).body).toMatch(
      /^bucket,from,to,[^\r\n]+\r\n$/,
    );
  });

  it('keeps null apart from zero, and defuses formulas', async () => {
    const rows = fromCsv((await test.get(`/claims?${PAIR}&format=csv`)).body);
    expect(rows.filter((row) => row['launched'] === '')).toHaveLength(Math.ceil(CLAIMS / 9));
    expect(rows.some((row) => row['launched'] === '0')).toBe(true);
    const notes = rows.map((row) => row['note']).filter(Boolean);
    expect(new Set(notes)).toEqual(new Set(['\'=SUM(A1), "quoted"\nand broken']));
  });

  it('breaks the connection where an error comes in mid-stream, so that it never looks like an end', async () => {
    const address = await test.app.listen({ port: 0 });
    const all = test.db.query;
    let left = 0;
    const failing = new Proxy(all, {
      get: (target, name, receiver) => {
        if (name === 'select' && --left < 0) throw new Error('the disk is gone');
        return Reflect.get(target, name, receiver);
      },
    });
    Object.defineProperty(test.db, 'query', { value: failing, configurable: true });
    const outcomes: string[] = [];
    try {
      // The database fails one query later each time: before the first row, then between the chunks, then not at all.
      for (let queries = 0; !outcomes.includes('whole'); queries += 1) {
        left = queries;
        const response = await fetch(
          `${address}/claims?${PAIR}&sort=night&format=csv&to=2025-01-${String(queries + 1).padStart(2, '0')}`,
          {
            headers: { 'accept-encoding': 'identity' },
          },
        );
        const text = await response.text().catch(() => null);
        if (response.status === 500) outcomes.push('refused');
        else if (text === null) outcomes.push('broken');
        else outcomes.push(fromCsv(text).length === CLAIMS ? 'whole' : 'cut short');
      }
    } finally {
      Object.defineProperty(test.db, 'query', { value: all, configurable: true });
    }
    expect(new Set(outcomes)).toEqual(new Set(['refused', 'broken', 'whole']));
  });
});

describe('updated_after', () => {
  let test: TestApp;
  beforeEach(async () => {
    test = await testApp();
  });
  afterEach(() => test.close());

  it('finds records, and barrages of records, that were recorded later', async () => {
    const created = (await test.post('/barrages', CARD_NIGHT)).json().data;
    const then = new Date(Date.parse(created.recorded_at) + 1).toISOString();
    await new Promise((resolve) => setTimeout(resolve, 5));
    const find = async (list: string, instant: string) =>
      idsOf((await test.get(`/${list}?updated_after=${encodeURIComponent(instant)}`)).json().data);
    expect(await find('barrages', '2020-01-01T00:00:00+02:00')).toEqual([created.id]);
    expect(await find('barrages', then)).toEqual([]);
    expect(await find('claims', then)).toEqual([]);
    expect(await find('debris-sites', then)).toEqual([]);
    const claim = { ...CARD_NIGHT.claims[0], munition: 'kalibr' };
    const { id } = (await test.post(`/barrages/${created.id}/claims`, claim)).json().data;
    expect(await find('barrages', then)).toEqual([created.id]);
    expect(await find('claims', then)).toEqual([id]);
    const site = { ...CARD_NIGHT.debris_sites[0], place: 'Elsewhere' };
    await test.post(`/barrages/${created.id}/debris-sites`, site);
    expect(await find('debris-sites', then)).toHaveLength(1);
    expect((await test.get('/claims?updated_after=yesterday')).statusCode).toBe(400);
  });
});
