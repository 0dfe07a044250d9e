import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { importRows, marchNight } from '../support/import-rows.js';
import { type TestApp, testApp } from '../support/test-app.js';

describe('what an edited file leaves behind', () => {
  let test: TestApp;
  let ids: Record<string, string>;
  beforeAll(async () => {
    test = await testApp();
    await importRows(test.db, [marchNight('05'), marchNight('06'), marchNight('07')], 'first.csv');
    const { data } = (await test.get('/claims')).json();
    ids = Object.fromEntries(
      data.map(({ night: label, id }: Record<string, string>) => [label, id]),
    );
    await importRows(
      test.db,
      [marchNight('06', { launched: '12.0' }), marchNight('07')],
      'second.csv',
    );
  });
  afterAll(() => test.close());

  it('shows in the revisions what was corrected, from what to what, and why', async () => {
    const { data } = (await test.get(`/claims/${ids['2024-03-06']}/revisions`)).json();
    expect(data).toEqual([
      expect.objectContaining({ revision: 1, op: 'created', actor: 'import:piterfm', changed: [] }),
      expect.objectContaining({
        revision: 2,
        op: 'corrected',
        reason: expect.stringMatching(/^second\.csv sha256:[0-9a-f]{64}$/),
        changed: [{ field: 'launched', old: 10, new: 12 }],
      }),
    ]);
  });

  it('keeps what was retracted in its history, and the barrage with it', async () => {
    for (const path of [`/claims/${ids['2024-03-05']}`, '/barrages/rus-ukr-2024-03-05']) {
      expect((await test.get(path)).statusCode).toBe(410);
      const { data } = (await test.get(`${path}/revisions`)).json();
      expect(data.map(({ op }: { op: string }) => op)).toEqual(['created', 'retracted']);
    }
    expect((await test.get('/claims/clm_01J00000000000000000000000/revisions')).statusCode).toBe(
      404,
    );
  });

  it('names the file, its digest and its counts in the version', async () => {
    const { data, page } = (await test.get('/dataset/versions')).json();
    expect(data.map(({ version }: { version: number }) => version)).toEqual([1, 2, 3]);
    expect(data[2]).toMatchObject({
      changes: { created: 0, corrected: 1, retracted: 2 },
      import: { file_name: 'second.csv', published: '2024-03-07' },
    });
    expect(page).toEqual({ limit: 100, has_more: false, next_after: '3' });
  });

  it('walks every change once in order, in pages of any size, and stays where it is at the end', async () => {
    const all = (await test.get('/changes?limit=500')).json().data;
    const seen: unknown[] = [];
    for (let after = '0'; ; ) {
      const { data, page } = (await test.get(`/changes?after=${after}&limit=7`)).json();
      seen.push(...data);
      after = page.next_after;
      if (!page.has_more) break;
    }
    expect(seen).toEqual(all);
    const after2 = (await test.get('/changes?after=2')).json().data;
    expect(after2.map(({ op, entity }: Record<string, string>) => `${op} ${entity}`)).toEqual([
      'corrected claim',
      'retracted claim',
      'retracted barrage',
    ]);
    expect((await test.get('/changes?after=3')).json()).toMatchObject({
      data: [],
      page: { next_after: '3' },
    });
  });

  it('lets a mirror that applies the feed from 0 hold exactly what is current', async () => {
    const held = new Map<string, number>();
    for (const { op, entity, id, revision } of (await test.get('/changes?limit=500')).json().data) {
      if (op === 'retracted') held.delete(`${entity} ${id}`);
      else held.set(`${entity} ${id}`, revision);
    }
    const { data } = (await test.get('/claims')).json();
    const claims = [...held].filter(([key]) => key.startsWith('claim '));
    expect(Object.fromEntries(claims)).toEqual(
      Object.fromEntries(
        data.map(({ id, revision }: Record<string, string>) => [`claim ${id}`, revision]),
      ),
    );
  });

  it('400 for a position beyond the newest version: what a reader knows was never here', async () => {
    const beyond = [
      ['/changes?after=4', 'after'],
      ['/changes?after=999999999', 'after'],
      ['/changes?after=50.2', 'after'],
      ['/changes?as_of=2&after=3', 'after'],
      ['/dataset/versions?after=4', 'after'],
      ['/dataset/versions?as_of=2&after=3', 'after'],
    ] as const;
    for (const [url, parameter] of beyond) {
      const response = await test.get(url);
      expect(response.statusCode, url).toBe(400);
      expect(response.json().errors).toMatchObject([{ parameter, code: 'no_such_version' }]);
    }
    const headers = { accept: 'text/event-stream' };
    const stream = await test.get('/changes?after=1', { ...headers, 'last-event-id': '50.2' });
    expect(stream.statusCode).toBe(400);
    expect(stream.json().errors[0].parameter).toBe('last-event-id');
    expect((await test.get('/changes?after=4', headers)).json().errors[0].parameter).toBe('after');
    expect((await test.get('/changes?after=3.99')).statusCode).toBe(200);
  });

  it('gives the feed and the versions up to as_of, for good', async () => {
    for (const url of ['/changes?limit=500', '/dataset/versions?limit=500']) {
      const all = (await test.get(url)).json().data;
      const response = await test.get(`${url}&as_of=2`);
      const { data, meta } = response.json();
      expect(data, url).toEqual(all.filter(({ version }: { version: number }) => version <= 2));
      expect(data.length).toBeLessThan(all.length);
      expect(meta).toMatchObject({ dataset_version: 2, query: { as_of: '2' } });
      expect(response.headers['cache-control']).toContain('immutable');
    }
    const page = (await test.get('/changes?as_of=1&limit=1')).json().page;
    expect(page.has_more).toBe(true);
    const { data, page: end } = (await test.get('/changes?as_of=2&after=2')).json();
    expect([data, end.has_more, end.next_after]).toEqual([[], false, '2']);
    const stream = await test.get('/changes?as_of=2', { accept: 'text/event-stream' });
    expect(stream.statusCode).toBe(400);
    expect(stream.json().errors[0].parameter).toBe('as_of');
  });

  it('gives the revisions up to as_of, and none before the first', async () => {
    const path = `/claims/${ids['2024-03-06']}/revisions`;
    const whole = (await test.get(path)).json().data;
    const { data, meta } = (await test.get(`${path}?as_of=2`)).json();
    expect(data).toEqual(whole.slice(0, 1));
    expect(meta).toMatchObject({ dataset_version: 2, query: { as_of: '2' } });
    expect((await test.get(`${path}?as_of=3`)).json().data).toEqual(whole);
    expect((await test.get(`${path}?as_of=1`)).statusCode).toBe(404);
    expect((await test.get(`${path}?as_of=4`)).statusCode).toBe(400);
    expect((await test.get('/barrages/rus-ukr-2024-03-06/revisions?as_of=2')).statusCode).toBe(200);
  });

  it.each(['after=-1', 'after=1.', 'after=x', 'limit=0', 'since=1'])(
    '400 for /changes?%s',
    async (query) => {
      expect((await test.get(`/changes?${query}`)).statusCode).toBe(400);
    },
  );
});
