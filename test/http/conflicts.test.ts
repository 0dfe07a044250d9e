import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { batchEffect } from '../../src/analysis/batch-effect.js';
import { CARD_NIGHT } from '../../src/demo/card-night.js';
import { claimContentSchema } from '../../src/domain/claim.js';
import { currentVersion } from '../../src/storage/versions.js';
import { type TestApp, testApp } from '../support/test-app.js';

const ID = 'rus-ukr-2024-09-07';
const CLAIMS = `/barrages/${ID}/claims`;
const [CARD] = CARD_NIGHT.claims;
const ASSERTION = {
  source: 'ru-mod',
  munition: 'shahed-136-131',
  window_start: '2024-09-07',
  window_end: '2024-09-07T08:00',
  assertion: 'all_targets_hit',
  quotation: 'All designated targets were hit. (invented)',
};

let test: TestApp;
let headline: string;
beforeEach(async () => {
  test = await testApp();
  headline = (await test.post('/barrages', CARD_NIGHT)).json().data.claims[0].id;
});
afterEach(() => test.close());

const data = async (url: string) => (await test.get(url)).json().data;
const record = async (claim: object): Promise<string> => {
  const response = await test.post(CLAIMS, claim);
  expect(response.statusCode, response.body).toBe(201);
  return response.json().data.id;
};
const patch = (id: string, body: object) =>
  test.patch(`/claims/${id}`, { ...body, reason: 'a test' });

describe('a wordless assertion', () => {
  it('is recorded as a claim without numbers, counts nowhere, and shows as a conflict', async () => {
    const before = await data('/stats');
    const id = await record(ASSERTION);
    expect(await data(`/claims/${id}`)).toMatchObject({
      assertion: 'all_targets_hit',
      launched: null,
      flags: [],
      side: 'attacker',
    });
    const after = await data('/stats');
    expect(after).toEqual({ ...before, excluded: { ...before.excluded, other_side: 1 } });
    const attacker = await data('/stats?side=attacker');
    expect(attacker).toMatchObject({ claims: 0, launched: null, excluded: { assertion: 1 } });
    expect(attacker.rates.interception.reason).toBe('no_claims');
    const { conflicts } = await data(`/barrages/${ID}`);
    expect(conflicts.map(({ field }: { field: string }) => field)).toEqual([
      'intercepted',
      'suppressed',
      'left_airspace',
    ]);
    expect(conflicts[0].values).toMatchObject([
      { value: 58, side: 'defender', sources: ['ua-air-force'], claims: [headline] },
      { value: 'all_targets_hit', side: 'attacker', quotation: ASSERTION.quotation, claims: [id] },
    ]);
  });

  it('422 with a number, or without the words it rests on', async () => {
    const response = await test.post(CLAIMS, { ...ASSERTION, quotation: null, launched: 67 });
    expect(response.statusCode).toBe(422);
    const { errors } = response.json();
    expect(errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual([
      '/launched',
      '/quotation',
    ]);
  });

  it('stands beside a claim with numbers from the same page', async () => {
    const url = 'https://example.org/bulletin';
    await record({ ...ASSERTION, url });
    await record({ ...ASSERTION, url, assertion: null, quotation: null, launched: 67 });
    expect((await test.post(CLAIMS, { ...ASSERTION, url })).statusCode).toBe(200);
  });
});

describe('independent_of', () => {
  const quoting = () => ({ ...CARD, source: 'al-jazeera', independent_of: [headline] });

  it('keeps a quotation from being a second witness', async () => {
    await record(quoting());
    expect((await data(`/barrages/${ID}`)).conflicts).toEqual([]);
    const coverage = await data('/stats/coverage');
    expect(coverage).toMatchObject({ claims: 2, independent_sources: 1 });
    expect(coverage.sources).toMatchObject([
      { source: 'al-jazeera', claims: 1, independent_claims: 0 },
      { source: 'ua-air-force', claims: 1, independent_claims: 1 },
    ]);
  });

  it('never adds a repetition up, wherever figures are: it is counted as left out', async () => {
    const figures = { suppressed: null, left_airspace: null, left_airspace_to: null };
    const own = { ...CARD, source: 'ua-air-command-south', strike_uav_min: 40 };
    const before = {
      stats: await data('/stats'),
      records: await data('/stats/records'),
      decoys: await data('/stats/decoys'),
      salvo: await data('/stats/salvo-size'),
    };
    const repetition = await record({ ...own, independent_of: [headline] });
    const without = ({ excluded, ...rest }: { excluded: { repetition: number } }) => [
      excluded.repetition,
      rest,
    ];
    const untouched = async (url: string, was: never) =>
      expect(without(await data(url)), url).toEqual([1, without(was)[1]]);
    await untouched('/stats', before.stats as never);
    await untouched('/stats/records', before.records as never);
    await untouched('/stats/decoys', before.decoys as never);
    await untouched('/stats/salvo-size', before.salvo as never);
    const { sides, totals, conflicts } = await data(`/barrages/${ID}`);
    expect(totals).toMatchObject([{ claims: 1, launched: 67 }]);
    expect(sides).toMatchObject([{ claims: [headline, repetition], totals }]);
    expect(conflicts).toEqual([]);
    const { explained } = await data('/stats?explain=true');
    expect(explained.claims.map(({ reason }: { reason: string | null }) => reason)).toEqual([
      null,
      'repetition',
    ]);
    expect(await data('/stats/coverage')).toMatchObject({ claims: 2, excluded: { repetition: 1 } });
    const moved = await data('/stats/revisions');
    expect(moved.interception).toMatchObject({ claims: 1, now: { launched: 67 } });
    const versions = (await data('/dataset/versions')).at(-1);
    expect(versions.headline).toMatchObject({ changed: false, after: { claims: 1, launched: 67 } });
    // A competitor that is a repetition too stays a competitor: the first reason counts.
    await record({
      ...own,
      ...figures,
      target: 'x',
      alternative_to: headline,
      independent_of: [headline],
    });
    expect((await data('/stats')).excluded).toMatchObject({ alternative: 1, repetition: 1 });
  });

  it('moves no figure in a rehearsed batch either', async () => {
    const claim = { ...CARD, source: 'ua-air-command-south', independent_of: [headline] };
    const content = claimContentSchema.parse(claim);
    const { version } = await currentVersion(test.db);
    const [effect] = await batchEffect(test.db, version, [ID], [{ barrage_id: ID, content }]);
    expect(effect).toMatchObject({ after: { launched: 67 } });
    expect(effect?.after).toEqual(effect?.before);
  });

  it('422 for a claim of another barrage, a repetition, and a name given twice', async () => {
    const quotation = await record(quoting());
    const other = { ...quoting(), source: 'verkhovna-rada' };
    const unknown = 'clm_00000000000000000000000000';
    const response = await test.post(CLAIMS, {
      ...other,
      independent_of: [unknown, quotation, headline, headline],
    });
    expect(response.statusCode).toBe(422);
    expect(
      response
        .json()
        .errors.map((error: { pointer: string; code: string }) => [error.pointer, error.code]),
    ).toEqual([
      ['/independent_of/0', 'unknown_claim'],
      ['/independent_of/1', 'not_an_original'],
      ['/independent_of/3', 'repeated'],
    ]);
  });

  it('keeps the claim that it names: no retraction, no change of what it is', async () => {
    const quotation = await record(quoting());
    const refused = await test.retract(`/claims/${headline}`);
    expect(refused.statusCode).toBe(409);
    expect(refused.json().errors[0]).toMatchObject({
      code: 'has_repetitions',
      detail: expect.stringContaining(quotation),
    });
    const wire = await record({ ...CARD, source: 'verkhovna-rada', launched: 68 });
    const chained = await patch(headline, { independent_of: [wire] });
    expect(chained.statusCode).toBe(422);
    expect(chained.json().errors[0]).toMatchObject({ code: 'has_repetitions' });
  });

  it('422 for a headline claim that others compete with and that would become something else', async () => {
    const rival = {
      ...CARD,
      source: 'ru-mod',
      intercepted: 20,
      suppressed: null,
      alternative_to: headline,
    };
    await record({ ...rival, left_airspace: null, left_airspace_to: null });
    const other = await record({ ...CARD, source: 'al-jazeera', launched: 68 });
    const demoted = await patch(headline, { alternative_to: other });
    expect(demoted.statusCode).toBe(422);
    expect(demoted.json().errors[0]).toMatchObject({ code: 'has_alternatives' });
    const moved = await patch(headline, { munition: 'kalibr' });
    expect(moved.statusCode).toBe(422);
    expect(moved.json().errors[0]).toMatchObject({
      pointer: '/munition',
      code: 'has_alternatives',
    });
  });
});

describe('GET /barrages/{id}', () => {
  it('groups the claims by side, each with its own totals, never added together', async () => {
    const attacker = await record({
      ...CARD,
      source: 'ru-mod',
      launched: 60,
      intercepted: 20,
      suppressed: null,
      left_airspace: null,
      left_airspace_to: null,
    });
    const wire = await record({ ...CARD, source: 'al-jazeera', independent_of: [headline] });
    const { sides, totals, conflicts } = await data(`/barrages/${ID}`);
    expect(sides).toMatchObject([
      { side: 'defender', claims: [headline], totals: [{ launched: 67, intercepted: 58 }] },
      { side: 'attacker', claims: [attacker], totals: [{ launched: 60, intercepted: 20 }] },
      { side: 'third_party', claims: [wire], totals: [] },
    ]);
    expect(totals).toEqual(sides[0].totals);
    expect(conflicts.map(({ field }: { field: string }) => field)).toEqual([
      'launched',
      'intercepted',
    ]);
  });

  it('gives only the parts that are asked for', async () => {
    const barrage = await data(`/barrages/${ID}?include=conflicts`);
    expect(
      Object.keys(barrage).filter((key) =>
        ['claims', 'sides', 'sources', 'conflicts'].includes(key),
      ),
    ).toEqual(['conflicts']);
  });
});

describe('GET /barrages?has_conflict', () => {
  const idsOf = async (query: string) =>
    (await data(`/barrages?${query}`)).map(({ id }: { id: string }) => id);

  it('walks those that contradict themselves, or those that do not, page by page', async () => {
    const contradicted: string[] = [];
    const quiet = [ID];
    for (let day = 1; day <= 12; day += 1) {
      const night = `2024-10-${String(day).padStart(2, '0')}`;
      const window = { window_start: night, window_end: `${night}T08:00` };
      const claims = [{ ...CARD, ...window }];
      if (day % 3 === 0) claims.push({ ...CARD, ...window, source: 'ru-mod', launched: 70 });
      if (day % 3 === 1) claims.push({ ...CARD, ...window, source: 'al-jazeera' });
      const response = await test.post('/barrages', { attacker: 'RUS', defender: 'UKR', claims });
      expect(response.statusCode).toBe(201);
      (day % 3 === 0 ? contradicted : quiet).push(`rus-ukr-${night}`);
    }
    const newestFirst = (ids: string[]) => ids.toSorted().toReversed();
    expect(await idsOf('has_conflict=true')).toEqual(newestFirst(contradicted));
    expect(await idsOf('has_conflict=false')).toEqual(newestFirst(quiet));
    const first = (await test.get('/barrages?has_conflict=true&limit=3')).json();
    expect(first.page.has_more).toBe(true);
    const next = await idsOf(
      `has_conflict=true&limit=3&cursor=${encodeURIComponent(first.page.next_cursor)}`,
    );
    expect([...first.data.map(({ id }: { id: string }) => id), ...next]).toEqual(
      newestFirst(contradicted),
    );
    expect(await idsOf('has_conflict=true&to=2024-10-05')).toEqual(['rus-ukr-2024-10-03']);
  });

  it('finds one behind hundreds of nights that two sources agree about', async () => {
    const wire = { ...CARD, source: 'al-jazeera', independent_of: [] };
    for (let day = 0; day < 205; day += 1) {
      const night = new Date(Date.UTC(2025, 0, 1 + day)).toISOString().slice(0, 10);
      const window = { window_start: night, window_end: `${night}T08:00` };
      const launched = day === 0 ? 70 : 67;
      const claims = [
        { ...CARD, ...window },
        { ...wire, ...window, launched },
      ];
      await test.post('/barrages', { attacker: 'RUS', defender: 'UKR', claims });
    }
    expect(await idsOf('has_conflict=true')).toEqual(['rus-ukr-2025-01-01']);
    expect(await idsOf('has_conflict=false&limit=2&from=2025-01-01')).toEqual([
      'rus-ukr-2025-07-24',
      'rus-ukr-2025-07-23',
    ]);
  });
});
