import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CARD_NIGHT } from '../../src/demo/card-night.js';
import { currentVersion } from '../../src/storage/versions.js';
import { type TestApp, testApp } from '../support/test-app.js';

const ID = 'rus-ukr-2024-09-07';
const [CLAIM] = CARD_NIGHT.claims;

let test: TestApp;
let claim: string;
let site: string;
beforeEach(async () => {
  test = await testApp();
  const { data } = (await test.post('/barrages', CARD_NIGHT)).json();
  claim = `/claims/${data.claims[0].id}`;
  site = `/debris-sites/${data.debris_sites[0].id}`;
});
afterEach(() => test.close());

const night = (date: string) => ({ ...CLAIM, window_start: date, window_end: `${date}T08:00` });
const versionNow = async (): Promise<number> => (await currentVersion(test.db)).version;
const tagOf = async (url: string) => String((await test.get(url)).headers.etag);

async function patch(
  url: string,
  body: unknown,
  tag?: string,
  type = 'application/merge-patch+json',
) {
  const ifMatch = tag ?? (await tagOf(url));
  return test.request({
    method: 'PATCH',
    url,
    headers: {
      authorization: `Bearer ${test.key}`,
      'content-type': type,
      ...(ifMatch !== '' && { 'if-match': ifMatch }),
    },
    payload: JSON.stringify(body),
  });
}

async function retract(url: string, tag?: string, reason = 'wrong%20night') {
  const ifMatch = tag ?? (await tagOf(url));
  const headers = {
    authorization: `Bearer ${test.key}`,
    ...(ifMatch !== '' && { 'if-match': ifMatch }),
  };
  return test.request({ method: 'DELETE', url: `${url}?reason=${reason}`, headers });
}

describe('PATCH', () => {
  it('200 opens the next revision of a claim; the old one stays in the history and at its version', async () => {
    const before = await versionNow();
    const body = {
      suppressed: 4,
      left_airspace: 5,
      left_airspace_to: { BLR: 5 },
      reason: 'corrected by the source',
    };
    const response = await patch(claim, body);
    expect(response.statusCode).toBe(200);
    expect(response.json().data).toMatchObject({ revision: 2, suppressed: 4, intercepted: 58 });
    expect(response.headers.etag).toMatch(/\.2"$/);
    const revisions = (await test.get(`${claim}/revisions`)).json().data;
    expect(revisions[1]).toMatchObject({
      op: 'corrected',
      reason: 'corrected by the source',
      actor: expect.stringMatching(/^key_/),
    });
    expect(revisions[1].changed.map(({ field }: { field: string }) => field).toSorted()).toEqual([
      'left_airspace',
      'left_airspace_to',
      'suppressed',
    ]);
    expect((await test.get(`${claim}?as_of=${before}`)).json().data.suppressed).toBe(3);
    expect((await test.get('/stats')).json().data.suppressed).toBe(4);
    expect((await test.get(`/stats?as_of=${before}`)).json().data.suppressed).toBe(3);
  });

  it('409 for a correction that would count one statement twice, unless the source made both', async () => {
    const { launched, ...twin } = { ...CLAIM, url: 'https://example.org/2' };
    const posted = { ...twin, launched: Number(launched) + 1 };
    const { id } = (await test.post(`/barrages/${ID}/claims`, posted)).json().data;
    const refused = await patch(`/claims/${id}`, { launched, reason: 'corrected' });
    expect(refused.statusCode).toBe(409);
    expect(refused.json().errors).toMatchObject([{ code: 'possible_duplicate' }]);
    expect(refused.headers.link).toContain(claim);
    const body = { launched, as_reported: true, reason: 'the source made both' };
    const accepted = await patch(`/claims/${id}`, body);
    expect(accepted.statusCode).toBe(200);
    expect(accepted.json().data.flags).toContain('possible_duplicate');
  });

  it('200 keeps the flag of a duplicate until it is none any more', async () => {
    const twin = { ...CLAIM, url: 'https://example.org/2', as_reported: true };
    const { id } = (await test.post(`/barrages/${ID}/claims`, twin)).json().data;
    const flags = async (body: object): Promise<string[]> =>
      (await patch(`/claims/${id}`, { ...body, reason: 'a test' })).json().data.flags;
    expect(await flags({ note: 'looked at' })).toContain('possible_duplicate');
    expect(await flags({ target: 'Ukraine' })).toContain('possible_duplicate');
    const first = await patch(claim, { note: 'looked at as well', reason: 'a test' });
    expect([first.statusCode, first.json().data.flags]).toEqual([200, []]);
    expect(await flags({ launched: 68 })).not.toContain('possible_duplicate');
    expect(await flags({ note: 'looked at again' })).not.toContain('possible_duplicate');
  });

  it('200 removes with null, merges maps, and derives the flags anew', async () => {
    const { data } = (
      await patch(claim, {
        left_airspace: null,
        left_airspace_to: { RUS: 1, BLR: 4 },
        target: 'Nowhere at all',
        reason: 'r',
      })
    ).json();
    expect(data).toMatchObject({
      left_airspace: 5,
      left_airspace_to: { BLR: 4, RUS: 1 },
      flags: ['unknown_place'],
    });
  });

  it('200 without a new version where nothing changes', async () => {
    const before = await versionNow();
    expect((await patch(claim, { launched: 67, reason: 'no-op' })).json().data.revision).toBe(1);
    expect((await patch(site, { killed: 0, reason: 'no-op' })).statusCode).toBe(200);
    expect((await patch(`/barrages/${ID}`, { note: null, reason: 'no-op' })).statusCode).toBe(200);
    expect(await versionNow()).toBe(before);
  });

  it('200 for a debris site and for the note of a barrage', async () => {
    expect((await patch(site, { injured: 1, reason: 'later report' })).json().data).toMatchObject({
      revision: 2,
      injured: 1,
    });
    expect(
      (await patch(`/barrages/${ID}`, { note: 'Seen.', reason: 'note' })).json().data,
    ).toMatchObject({ revision: 2, note: 'Seen.' });
  });

  it('428 without If-Match, 412 with a stale, weak or foreign one, and nothing is changed', async () => {
    const before = await versionNow();
    const tag = await tagOf(claim);
    expect((await patch(claim, { launched: 68, reason: 'r' }, '')).statusCode).toBe(428);
    for (const wrong of [tag.replace('.1"', '.2"'), `W/${tag}`, '"other.1"']) {
      expect((await patch(claim, { launched: 68, reason: 'r' }, wrong)).statusCode, wrong).toBe(
        412,
      );
    }
    expect(await versionNow()).toBe(before);
    expect((await patch(claim, { launched: 68, reason: 'r' }, `"x.1", ${tag}`)).statusCode).toBe(
      200,
    );
    expect((await patch(claim, { launched: 69, reason: 'r' }, '*')).json().data.revision).toBe(3);
  });

  it('lets exactly one of fifty writers win each revision', async () => {
    const tag = await tagOf(claim);
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        patch(claim, { hit_locations: index, reason: 'race' }, tag),
      ),
    );
    expect(answers.filter(({ statusCode }) => statusCode === 200)).toHaveLength(1);
    expect(answers.filter(({ statusCode }) => statusCode === 412)).toHaveLength(49);
    expect((await test.get(`${claim}/revisions`)).json().data).toHaveLength(2);
  });

  it('415 for another media type, 422 without a reason or with what breaks a rule, 409 for a key that is taken', async () => {
    const wrongType = await patch(claim, { reason: 'r' }, undefined, 'application/json');
    expect(wrongType.statusCode).toBe(415);
    expect(wrongType.headers['accept-patch']).toBe('application/merge-patch+json');
    expect((await patch(claim, { launched: 68 })).json().errors[0].pointer).toBe('/reason');
    const cases: [object, string][] = [
      [
        { intercepted: 70, suppressed: null, left_airspace: null, left_airspace_to: null },
        '/intercepted',
      ],
      [{ lunched: 3 }, '/lunched'],
      [{ launched: -1 }, '/launched'],
      [{ window_end: '2024-09-09' }, '/window_start'],
      [{ source: 'nobody' }, '/source'],
    ];
    for (const [change, pointer] of cases) {
      const response = await patch(claim, { ...change, reason: 'r' });
      expect(response.statusCode, pointer).toBe(422);
      expect(response.json().errors.map((error: { pointer: string }) => error.pointer)).toContain(
        pointer,
      );
    }
    const other = (await test.post(`/barrages/${ID}/claims`, { ...CLAIM, source: 'ru-mod' })).json()
      .data;
    expect(
      (await patch(`/claims/${other.id}`, { source: 'ua-air-force', reason: 'r' })).statusCode,
    ).toBe(409);
    expect((await patch(`/barrages/${ID}`, { night: '2024-09-08', reason: 'r' })).statusCode).toBe(
      422,
    );
  });
});

describe('DELETE', () => {
  it('204 retracts: 410 afterwards, out of every figure, still there at an older version', async () => {
    const before = await versionNow();
    expect((await retract(claim)).statusCode).toBe(204);
    const gone = await test.get(claim);
    expect(gone.statusCode).toBe(410);
    expect(gone.json().type).toBe('/problems/gone');
    expect((await patch(claim, { launched: 1, reason: 'r' }, '*')).statusCode).toBe(410);
    expect((await retract(claim, '*')).statusCode).toBe(410);
    expect((await test.get('/stats')).json().data.claims).toBe(0);
    expect((await test.get(`${claim}?as_of=${before}`)).statusCode).toBe(200);
    expect((await test.get(`/stats?as_of=${before}`)).json().data.launched).toBe(67);
    const history = (await test.get(`${claim}/revisions`)).json().data;
    expect(history.at(-1)).toMatchObject({ op: 'retracted', reason: 'wrong night' });
  });

  it('204 retracts a barrage with everything in it, in one version; posting it again opens a new one', async () => {
    const before = await versionNow();
    expect((await retract(`/barrages/${ID}`)).statusCode).toBe(204);
    expect(await versionNow()).toBe(before + 1);
    for (const url of [`/barrages/${ID}`, claim, site])
      expect((await test.get(url)).statusCode).toBe(410);
    const again = await test.post('/barrages', CARD_NIGHT);
    expect(again.statusCode).toBe(201);
    expect(again.json().data.revision).toBe(2);
  });

  it('412 for a barrage that has gained, lost or corrected anything since it was read', async () => {
    const url = `/barrages/${ID}`;
    const posted = { ...CLAIM, source: 'ru-mod' };
    const steps: (() => Promise<unknown>)[] = [
      () => test.post(`${url}/claims`, posted),
      () => patch(claim, { launched: 68, reason: 'r' }),
      () => patch(site, { injured: 1, reason: 'r' }),
      () => retract(site),
      () => test.post(`${url}/debris-sites`, { source: 'ua-air-force', place: 'Elsewhere' }),
    ];
    for (const step of steps) {
      const tag = await tagOf(url);
      await step();
      const before = await versionNow();
      expect((await retract(url, tag)).statusCode).toBe(412);
      expect((await retract(url, tag.replace(/\.v\d+/, ''))).statusCode).toBe(412);
      expect(await versionNow()).toBe(before);
    }
    const tag = await tagOf(url);
    await test.post('/barrages', {
      ...CARD_NIGHT,
      night: undefined,
      claims: [night('2024-10-01')],
    });
    expect((await retract(url, tag)).statusCode, 'another barrage moved on').toBe(204);
  });

  it('200 for the note of a barrage that has gained a claim: it is corrected by revision', async () => {
    const tag = await tagOf(`/barrages/${ID}`);
    await test.post(`/barrages/${ID}/claims`, { ...CLAIM, source: 'ru-mod' });
    expect((await patch(`/barrages/${ID}`, { note: 'n', reason: 'r' }, tag)).statusCode).toBe(200);
  });

  it('409 for a claim that others compete with', async () => {
    const rival = { ...CLAIM, source: 'ru-mod', alternative_to: claim.slice('/claims/'.length) };
    await test.post(`/barrages/${ID}/claims`, rival);
    expect((await retract(claim)).statusCode).toBe(409);
  });

  it('428 without If-Match, 412 with a stale one, 400 without a reason, 404 for nothing, 401 without a key', async () => {
    expect((await retract(site, '')).statusCode).toBe(428);
    expect((await retract(site, '"x.9"')).statusCode).toBe(412);
    expect((await retract(site, '*', '')).statusCode).toBe(400);
    expect((await retract('/debris-sites/dbs_01J00000000000000000000000', '*')).statusCode).toBe(
      404,
    );
    expect((await test.request({ method: 'DELETE', url: `${site}?reason=x` })).statusCode).toBe(
      401,
    );
    expect((await test.get(site)).statusCode).toBe(200);
  });
});
