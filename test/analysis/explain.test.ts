import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EXCLUSIONS } from '../../src/analysis/cells.js';
import type { ExplainedClaim } from '../../src/analysis/explain.js';
import { addDays } from '../../src/domain/calendar.js';
import { BASES, SCOPES } from '../../src/domain/claim.js';
import { CATEGORIES } from '../../src/domain/munition.js';
import { SIDES } from '../../src/domain/source.js';
import { commit } from '../../src/storage/commit.js';
import { barrageRow, CAUSE, claimRow, munitionRow, sourceRow } from '../storage/fixtures.js';
import { type TestApp, testApp } from '../support/test-app.js';

const CLAIMS = 240;
const NIGHTS = 41;
const FIRST = '2024-01-01';
const SOURCES: [string, string | null][] = [
  ['xxb-staff', 'XXB'],
  ['xxb-coast', 'XXB'],
  ['xxa-ministry', 'XXA'],
  ['a-wire', null],
];
const MUNITIONS = ['synthetic-uav', 'synthetic-missile'];
const WORDLESS = {
  assertion: 'all_targets_hit',
  quotation: 'So it is said.',
  launched: null,
  intercepted: null,
  suppressed: null,
} as const;
const id = (index: number): string => `clm_${String(index).padStart(26, '0')}`;
const pick = <T>(list: readonly T[], index: number): T => list[index % list.length] as T;

/** A claim of every kind that a statistic tells apart, spread by coprime steps so that the kinds meet in all ways. */
function synthetic(index: number) {
  const launched = index % 11 === 0 ? null : index % 37;
  const night = addDays(FIRST, (index * 7) % NIGHTS);
  const previous = index - NIGHTS;
  return claimRow({
    id: id(index),
    barrage_id: `xxa-xxb-${night}`,
    source: pick(SOURCES, Math.floor(index / 3))[0],
    munition: pick(MUNITIONS, Math.floor(index / 5)),
    target: `t${index}`,
    launched,
    intercepted: index % 13 === 0 ? null : Math.floor((launched ?? 20) / 2),
    suppressed: index % 3 === 0 ? 1 : null,
    scope: pick(SCOPES, Math.floor(index / 2) % 7 < 4 ? 0 : index),
    basis: index % 9 === 0 ? 'tally' : 'barrage',
    // The claim as many nights before in the list stands in the same night.
    alternative_to: index % 8 === 7 && previous >= 0 && previous % 8 !== 7 ? id(previous) : null,
    // The first of a night repeats nothing.
    independent_of: index % 10 === 3 && previous >= 0 ? [id(index % NIGHTS)] : [],
    regions: index % 4 === 0 ? ['UA-30'] : [],
    launch_places: index % 6 === 0 ? ['Somewhere'] : [],
    flags: index % 13 === 0 ? ['outcome_unknown'] : [],
    ...(index % 17 === 5 && WORDLESS),
  });
}

let test: TestApp;
beforeAll(async () => {
  test = await testApp();
  await commit(test.db, CAUSE, async (draft) => {
    for (const [slug, party] of SOURCES) draft.create('source', sourceRow({ slug, party }));
    draft.create('munition', munitionRow());
    draft.create(
      'munition',
      munitionRow({ slug: 'synthetic-missile', category: 'cruise_missile' }),
    );
    for (let day = 0; day < NIGHTS; day += 1)
      draft.create('barrage', barrageRow(addDays(FIRST, day)));
    for (let index = 0; index < CLAIMS; index += 1) draft.create('claim', synthetic(index));
  });
});
afterAll(() => test.close());

const some = <T extends string>(values: readonly T[]) =>
  fc.option(
    fc.subarray([...values], { minLength: 1 }).map((list) => list.join(',')),
    { nil: undefined },
  );
const night = fc.option(
  fc.integer({ min: -2, max: NIGHTS + 2 }).map((day) => addDays(FIRST, day)),
  {
    nil: undefined,
  },
);
const filter = fc
  .record({
    from: night,
    to: night,
    side: fc.option(fc.constantFrom(...SIDES), { nil: undefined }),
    scope: some(SCOPES),
    basis: some(BASES),
    source: some(SOURCES.map(([slug]) => slug)),
    munition: some(MUNITIONS),
    category: some(CATEGORIES),
    region: fc.constantFrom(undefined, undefined, 'UA-30'),
    launch_place: fc.constantFrom(undefined, undefined, 'Somewhere'),
  })
  .filter(({ from, to }) => from === undefined || to === undefined || from <= to)
  .map((query) => {
    const given = Object.entries(query).filter(([, value]) => value !== undefined);
    return new URLSearchParams([
      ['attacker', 'XXA'],
      ['defender', 'XXB'],
      ...(given as [string, string][]),
    ]);
  });

/** The summary of a query and the claims behind it, all pages of them. */
async function explained(query: URLSearchParams, limit: number) {
  const claims: ExplainedClaim[] = [];
  let url = `/stats?${query}&explain=true&limit=${limit}`;
  for (;;) {
    const response = await test.app.inject(url);
    expect(response.statusCode, response.body).toBe(200);
    const { data } = response.json();
    claims.push(...data.explained.claims);
    expect(claims.length, 'a walk that ends').toBeLessThanOrEqual(CLAIMS);
    const { has_more, next_cursor } = data.explained.page;
    if (!has_more) return { data, claims };
    url = `/stats?${query}&explain=true&limit=${limit}&cursor=${next_cursor}`;
  }
}

const total = (
  claims: readonly ExplainedClaim[],
  field: 'launched' | 'intercepted' | 'suppressed',
) => {
  const known = claims.map((claim) => claim[field]).filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0);
};

describe('the claims that explain=true lists', () => {
  it('are those of the summary: the counted add up to it, the others are its exclusions', async () => {
    const met = new Set<string>();
    await fc.assert(
      fc.asyncProperty(filter, fc.integer({ min: 7, max: 120 }), async (query, limit) => {
        const { data, claims } = await explained(query, limit);
        const counted = claims.filter((claim) => claim.counted);
        expect(counted).toHaveLength(data.claims);
        expect(new Set(counted.map((claim) => claim.night)).size).toBe(data.nights);
        for (const field of ['launched', 'intercepted', 'suppressed'] as const)
          expect(total(counted, field), field).toBe(data[field]);
        const reasons = Object.fromEntries(Object.keys(data.excluded).map((reason) => [reason, 0]));
        for (const { reason } of claims)
          if (reason !== null) reasons[reason] = (reasons[reason] ?? 0) + 1;
        expect(reasons).toEqual(data.excluded);
        expect(data.explained.counted).toBe(counted.length);
        expect(data.explained.left_out).toBe(claims.length - counted.length);
        const order = claims.map((claim) => `${claim.night} ${claim.id}`);
        expect(order).toEqual([...new Set(order)].toSorted());
        for (const { reason } of claims) met.add(reason ?? 'counted');
      }),
      { numRuns: 150 },
    );
    // A run that never met a reason would prove nothing of it.
    expect([...met].toSorted()).toEqual(['counted', ...EXCLUSIONS].toSorted());
  }, 60_000);
});
