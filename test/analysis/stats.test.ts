import { describe, expect, it } from 'vitest';
import { EXCLUSIONS } from '../../src/analysis/cells.js';
import { MEASURES } from '../../src/domain/measure.js';
import { analysis, type Said } from './fixtures.js';

const NIGHT = '2024-03-05';
const GOOD: Said = { launched: 10, intercepted: 6 };
const none = Object.fromEntries(EXCLUSIONS.map((reason) => [reason, 0]));

describe('excluded', () => {
  // From the first reason that applies to the last: each claim also meets every later reason.
  const unknown: Said = { launched: null, intercepted: null };
  const CASES: [string, Said, string?][] = [
    ['other_side', { ...unknown, source: 'xxa-ministry', scope: 'regional', basis: 'tally' }],
    ['other_side', { ...unknown, source: 'wire' }],
    ['alternative', { ...unknown, scope: 'regional', basis: 'tally', alternative_to: 'headline' }],
    ['regional', { ...unknown, scope: 'regional', basis: 'tally' }],
    ['other_scope', { ...unknown, scope: 'other', basis: 'tally' }],
    ['national', { ...unknown, basis: 'tally' }, 'scope=regional'],
    ['tally', { ...unknown, basis: 'tally' }],
    ['barrage', { ...unknown }, 'basis=tally'],
    ['launched_unknown', unknown],
    ['launched_unknown', { launched: null, intercepted: 5 }],
    ['outcome_unknown', { launched: 5, intercepted: null }],
  ];
  it.each(CASES)(
    'counts a claim once, as %s, the first reason that applies: %o %s',
    async (reason, said, query) => {
      const { claim, stats } = await analysis();
      const headline = said.alternative_to === 'headline' ? await claim(NIGHT, GOOD) : null;
      await claim(NIGHT, { ...said, alternative_to: headline });
      const { excluded, claims } = await stats(query);
      expect(excluded).toEqual({ ...none, [reason]: 1 });
      expect(claims).toBe(headline === null ? 0 : 1);
    },
  );

  it('leaves nothing out that each parameter lets in', async () => {
    const { claim, stats } = await analysis();
    await claim(NIGHT, GOOD);
    await claim(NIGHT, { ...GOOD, scope: 'regional' });
    await claim(NIGHT, { ...GOOD, scope: 'other' });
    await claim(NIGHT, { ...GOOD, basis: 'tally' });
    const everything = await stats('scope=national,regional,other&basis=barrage,tally');
    expect([everything.claims, everything.launched, everything.excluded]).toEqual([4, 40, none]);
  });

  it('answers for each side alone', async () => {
    const { claim, stats } = await analysis();
    await claim(NIGHT, GOOD);
    await claim(NIGHT, { source: 'xxa-ministry', launched: 10, intercepted: 1 });
    await claim(NIGHT, { source: 'wire', launched: 10, intercepted: 4 });
    const sides = ['defender', 'attacker', 'third_party'];
    const intercepted = await Promise.all(
      sides.map(async (side) => (await stats(`side=${side}`)).intercepted),
    );
    expect(intercepted).toEqual([6, 1, 4]);
  });
});

describe('a rate without a value', () => {
  const reasons = async (said: readonly Said[], query?: string) => {
    const { claim, stats } = await analysis();
    for (const one of said) await claim(NIGHT, one);
    const { rates } = await stats(query);
    for (const measure of MEASURES) {
      const { value, reason, wilson, night_clustered } = rates[measure];
      expect(value === null, measure).toBe(reason !== null);
      if (value === null) expect([wilson, night_clustered], measure).toEqual([null, null]);
    }
    return MEASURES.map((measure) => rates[measure].reason);
  };
  const all = (reason: string | null) => [reason, reason, reason];
  const known = { ...GOOD, suppressed: 1 };

  it.each([
    ['no_claims', [], ''],
    ['no_claims', [{ ...known, scope: 'regional' }], ''],
    ['denominator_unknown', [{ launched: null, intercepted: 5 }], ''],
    ['denominator_unknown', [{ launched: null, intercepted: 5 }, { launched: 5 }], ''],
    ['outcome_unknown', [{ launched: 5 }], ''],
    ['denominator_zero', [{ launched: 0, intercepted: 0, suppressed: 0 }], ''],
    ['tally_only', [{ ...known, basis: 'tally' }], 'basis=tally'],
    ['tally_only', [{ ...known, basis: 'tally' }], 'basis=barrage,tally'],
    ['impossible_claims', [{ launched: 5, intercepted: 6, suppressed: 0 }], ''],
  ] as [string, Said[], string][])('says %s', async (reason, said, query) => {
    expect(await reasons(said, query)).toEqual(all(reason));
  });

  it('says suppressed_not_reported only where no claim of the group reports it', async () => {
    expect(await reasons([GOOD])).toEqual([
      null,
      'suppressed_not_reported',
      'suppressed_not_reported',
    ]);
    expect(await reasons([GOOD, { ...known, suppressed: 0 }])).toEqual(all(null));
  });

  it('says impossible_claims for the measure alone that comes out above 1', async () => {
    expect(
      await reasons([{ launched: 10, intercepted: 8, suppressed: 2, left_airspace: 1 }]),
    ).toEqual([null, null, 'impossible_claims']);
  });

  it('keeps an impossible claim in a larger sum, and counts its flags', async () => {
    const { claim, stats } = await analysis();
    await claim(NIGHT, { launched: 5, intercepted: 6 });
    await claim('2024-03-06', { launched: 20, intercepted: 10 });
    const { rates, flagged, launched, unaccounted } = await stats();
    expect(rates.interception).toMatchObject({ numerator: 16, denominator: 25, value: 0.64 });
    expect(flagged).toMatchObject({
      intercepted_exceeds_launched: 1,
      components_exceed_launched: 1,
    });
    expect([launched, unaccounted]).toEqual([25, 9]);
    const alone = await stats(`to=${NIGHT}`);
    expect(alone).toMatchObject({ unaccounted: -1, claim_range: null });
  });
});

describe('null', () => {
  it('stays null where nobody reported, and 0 where somebody reported 0', async () => {
    const { claim, stats } = await analysis();
    const counts = ({
      suppressed,
      left_airspace,
      still_airborne,
      hit_locations,
    }: Awaited<ReturnType<typeof stats>>) => [
      suppressed,
      left_airspace,
      still_airborne,
      hit_locations,
    ];
    const empty = await stats();
    expect([
      empty.launched,
      empty.intercepted,
      empty.unaccounted,
      empty.launched_all,
      empty.intercepted_all,
    ]).toEqual([null, null, null, null, null]);
    await claim(NIGHT, GOOD);
    expect(counts(await stats())).toEqual([null, null, null, null]);
    const zero = { suppressed: 0, left_airspace: 0, still_airborne: 0, hit_locations: 0 };
    await claim('2024-03-06', { ...GOOD, ...zero });
    expect(counts(await stats())).toEqual([0, 0, 0, 0]);
    expect(await stats()).toMatchObject({ hit_location_claims: 1, suppressed_reported_share: 0.5 });
  });

  it('adds launches without an outcome to launched_all alone, and outcomes without launches likewise', async () => {
    const { claim, stats } = await analysis();
    await claim(NIGHT, GOOD);
    await claim(NIGHT, { launched: 7 });
    await claim(NIGHT, { intercepted: 3 });
    expect(await stats()).toMatchObject({
      launched: 10,
      launched_all: 17,
      intercepted: 6,
      intercepted_all: 9,
      claims: 1,
      nights: 1,
    });
  });
});

describe('warnings', () => {
  it('says tally_included when tallies are added to barrages, and not for either alone', async () => {
    const { claim, stats } = await analysis();
    await claim(NIGHT, GOOD);
    await claim(NIGHT, { launched: 4, intercepted: 4, basis: 'tally' });
    const both = await stats('basis=barrage,tally');
    expect(both.warnings).toEqual(['tally_included']);
    expect(both.rates.interception).toMatchObject({ numerator: 10, denominator: 14, reason: null });
    expect((await stats('basis=barrage')).warnings).toEqual([]);
    const tallies = await stats('basis=tally');
    expect(tallies.warnings).toEqual([]);
    expect(tallies.rates.interception).toMatchObject({ numerator: 4, denominator: null });
  });
});

describe('a night without launches', () => {
  it('has no rate, and no numerator that nobody reported', async () => {
    const { claim, stats } = await analysis();
    await claim('2024-01-01', { launched: 0, intercepted: 0 });
    const { rates } = await stats();
    expect(rates.interception).toMatchObject({ value: null, numerator: 0, denominator: 0 });
    expect(rates.neutralisation).toMatchObject({ numerator: null, reason: 'denominator_zero' });
  });
});

describe('claim_range', () => {
  it('has equal ends where nobody competes, and none without a rate', async () => {
    const { claim, stats } = await analysis();
    expect((await stats()).claim_range).toBeNull();
    await claim(NIGHT, GOOD);
    expect((await stats()).claim_range).toEqual({ low: 0.6, high: 0.6 });
  });

  it('takes for every headline claim the lowest and the highest of itself and its alternatives', async () => {
    const { claim, stats } = await analysis();
    const one = await claim(NIGHT, GOOD);
    await claim(NIGHT, {
      source: 'xxa-ministry',
      launched: 10,
      intercepted: 1,
      alternative_to: one,
    });
    await claim(NIGHT, { source: 'wire', launched: 20, intercepted: 18, alternative_to: one });
    await claim('2024-03-06', { launched: 10, intercepted: 4 });
    const { claim_range, rates, excluded } = await stats();
    expect(rates.interception.value).toBe(0.5);
    expect(claim_range).toEqual({ low: 5 / 20, high: 22 / 30 });
    expect(excluded).toMatchObject({ alternative: 0, other_side: 2 });
  });

  it('takes no alternative that has no rate: unknown, zero or impossible', async () => {
    const { claim, stats } = await analysis();
    const one = await claim(NIGHT, GOOD);
    const rivals: Said[] = [
      { launched: null, intercepted: 9 },
      { launched: 9, intercepted: null },
      { launched: 0, intercepted: 0 },
      { launched: 5, intercepted: 6 },
    ];
    for (const rival of rivals) await claim(NIGHT, { ...rival, alternative_to: one });
    expect((await stats()).claim_range).toEqual({ low: 0.6, high: 0.6 });
  });
});

describe('breaks and comparable', () => {
  it('tells the measures apart: each is comparable until a break of its own is crossed', async () => {
    const { claim, era, stats } = await analysis();
    await era({ code: 'A', to_night: '2024-03-31' });
    await era({
      code: 'B',
      from_night: '2024-04-01',
      to_night: '2024-05-31',
      breaks: ['interception', 'neutralisation', 'non_penetration'],
    });
    await era({ code: 'C', from_night: '2024-06-01', breaks: ['interception'] });
    for (const night of ['2024-03-31', '2024-04-01', '2024-05-31', '2024-06-01']) {
      await claim(night, { ...GOOD, suppressed: 1 });
    }
    const comparable = async (query: string) => {
      const { rates, breaks } = await stats(query);
      return [
        breaks.map(({ night }) => night),
        MEASURES.map((measure) => rates[measure].comparable),
      ];
    };
    expect(await comparable('to=2024-03-31')).toEqual([[], [true, true, true]]);
    expect(await comparable('from=2024-04-01&to=2024-05-31')).toEqual([[], [true, true, true]]);
    expect(await comparable('from=2024-04-02')).toEqual([['2024-06-01'], [false, true, true]]);
    expect(await comparable('to=2024-04-30')).toEqual([['2024-04-01'], [false, false, false]]);
    expect(await comparable('')).toEqual([
      ['2024-04-01', '2024-06-01'],
      [false, false, false],
    ]);
    const { groups = [] } = await stats('group_by=era');
    expect(groups.map(({ key, claims, breaks }) => [key, claims, breaks])).toEqual([
      [{ era: 'A' }, 1, []],
      [{ era: 'B' }, 2, []],
      [{ era: 'C' }, 1, []],
    ]);
  });

  it('crosses a break only by the nights that are counted, not by the window that was asked for', async () => {
    const { claim, era, stats } = await analysis();
    await era({ code: 'A', to_night: '2024-03-31' });
    await era({ code: 'B', from_night: '2024-04-01', breaks: ['interception'] });
    await claim('2024-04-02', GOOD);
    expect((await stats('from=2024-01-01&to=2024-12-31')).breaks).toEqual([]);
  });
});

describe('as_of', () => {
  it('answers as it did at that version', async () => {
    const { version, claim, stats } = await analysis();
    await claim(NIGHT, GOOD);
    const then = await version();
    const before = await stats();
    await claim('2024-03-06', GOOD);
    expect(await stats(`as_of=${then}`)).toEqual(before);
    expect((await stats()).claims).toBe(2);
  });
});
