import { describe, expect, it } from 'vitest';
import { type ClaimContent, claimContentSchema, knownSum } from '../../src/domain/claim.js';
import { FLAGS, type Flag, orderedFlags, raisedFlags } from '../../src/domain/claim-flags.js';
import type { ReportingEra } from '../../src/domain/era.js';

const claim = (changes: Partial<ClaimContent> = {}): ClaimContent => ({
  ...claimContentSchema.parse({
    source: 'xxb-staff',
    munition: 'synthetic-uav',
    window_start: '2024-03-04T20:00',
    window_end: '2024-03-05T06:00',
    launched: 10,
    intercepted: 8,
  }),
  ...changes,
});

const era = (mixed: string[]): ReportingEra => ({
  id: 'xxb-c',
  party: 'XXB',
  source: null,
  code: 'C',
  from_night: null,
  to_night: null,
  meaning: 'Intercepted contains suppressed.',
  breaks: [],
  intercepted_includes_suppressed_for: mixed,
});
const flagsOf = (changes: Partial<ClaimContent>, era_: ReportingEra | null = null): Flag[] =>
  raisedFlags(claim(changes), era_).map(({ flag }) => flag);

describe('raisedFlags', () => {
  it('raises none for an ordinary claim', () => {
    expect(flagsOf({ suppressed: 1, left_airspace: 1, still_airborne: 0 })).toEqual([]);
    expect(flagsOf({ launched: 0, intercepted: 0 })).toEqual([]);
  });

  // Each flag at its boundary: the last value that is fine, then the first that is not.
  const boundaries: [Flag, Partial<ClaimContent>, Partial<ClaimContent>][] = [
    ['intercepted_exceeds_launched', { intercepted: 10 }, { intercepted: 11 }],
    ['neutralised_exceeds_launched', { suppressed: 2 }, { suppressed: 3 }],
    ['components_exceed_launched', { left_airspace: 2 }, { left_airspace: 3 }],
    ['components_exceed_launched', { still_airborne: 2 }, { still_airborne: 3 }],
    [
      'components_exceed_launched',
      { suppressed: 1, left_airspace: 1 },
      { suppressed: 1, left_airspace: 1, still_airborne: 1 },
    ],
    ['strike_uavs_exceed_launched', { strike_uav_min: 10 }, { strike_uav_min: 11 }],
    ['outcome_unknown', { intercepted: 0 }, { intercepted: null }],
    ['launched_unknown', { launched: 8 }, { launched: null }],
    ['window_reversed', { window_end: '2024-03-04T20:00' }, { window_end: '2024-03-04T19:59' }],
    ['window_over_24h', { window_end: '2024-03-05T20:00' }, { window_end: '2024-03-05T20:01' }],
    [
      'breakdown_not_additive',
      { intercepted_by_place: { east: 5, south: 3, west: null } },
      { intercepted_by_place: { east: 5, south: 4, west: null } },
    ],
    [
      'breakdown_not_additive',
      { left_airspace: 2, left_airspace_to: { BLR: 1, RUS: 1, POL: null } },
      { left_airspace: 2, left_airspace_to: { BLR: 2, RUS: 1, POL: null } },
    ],
  ];
  it.each(boundaries)('raises %s from its boundary on', (flag, fine, odd) => {
    expect(flagsOf(fine)).not.toContain(flag);
    expect(flagsOf(odd)).toContain(flag);
  });

  it('tells the field and the numbers that prove each flag', () => {
    const raised = raisedFlags(claim({ intercepted: 11, suppressed: 1, strike_uav_min: 12 }), null);
    expect(raised).toEqual([
      {
        flag: 'intercepted_exceeds_launched',
        field: 'intercepted',
        detail: 'intercepted 11 > launched 10',
      },
      {
        flag: 'neutralised_exceeds_launched',
        field: 'suppressed',
        detail: 'intercepted + suppressed 12 > launched 10',
      },
      {
        flag: 'components_exceed_launched',
        field: 'launched',
        detail: 'intercepted + suppressed + still_airborne + left_airspace 12 > launched 10',
      },
      {
        flag: 'strike_uavs_exceed_launched',
        field: 'strike_uav_min',
        detail: 'strike_uav_min 12 > launched 10',
      },
    ]);
  });

  it('compares nothing with an unknown launched, and takes the unknown rest for nothing', () => {
    expect(flagsOf({ launched: null, intercepted: 99, strike_uav_min: 99 })).toEqual([
      'launched_unknown',
    ]);
    expect(flagsOf({ launched: null, intercepted: null })).toEqual(['launched_unknown']);
    expect(flagsOf({ intercepted: null, suppressed: 10 })).toEqual(['outcome_unknown']);
    expect(flagsOf({ intercepted: null, suppressed: 11 })).toEqual([
      'neutralised_exceeds_launched',
      'components_exceed_launched',
      'outcome_unknown',
    ]);
  });

  it('raises no breakdown flag where nothing of it or no total is known', () => {
    expect(flagsOf({ intercepted_by_place: { east: null } })).toEqual([]);
    expect(flagsOf({ intercepted: null, intercepted_by_place: { east: 99 } })).toEqual([
      'outcome_unknown',
    ]);
  });

  it('raises mixed_definition only for a munition of the era, and only above 0 suppressed', () => {
    const mixes = era(['synthetic-uav']);
    expect(flagsOf({ suppressed: 1 }, mixes)).toEqual(['mixed_definition']);
    expect(flagsOf({ suppressed: 0 }, mixes)).toEqual([]);
    expect(flagsOf({ suppressed: null }, mixes)).toEqual([]);
    expect(flagsOf({ suppressed: 1 }, era(['other']))).toEqual([]);
    expect(flagsOf({ suppressed: 1 }, null)).toEqual([]);
    expect(raisedFlags(claim({ suppressed: 2 }), mixes)).toEqual([
      {
        flag: 'mixed_definition',
        field: 'suppressed',
        detail: 'suppressed 2 beside an intercepted count that contains suppressed ones',
      },
    ]);
  });
});

describe('orderedFlags', () => {
  it('gives each flag once, in the order of the list', () => {
    expect(orderedFlags(['launched_unknown', 'window_reversed', 'launched_unknown'])).toEqual([
      'window_reversed',
      'launched_unknown',
    ]);
    expect(orderedFlags(FLAGS.toReversed())).toEqual([...FLAGS]);
  });
});

describe('knownSum', () => {
  it('adds what is known and is null where nothing is', () => {
    expect(knownSum({ BLR: 2, XXA: null, POL: 0 })).toBe(2);
    expect(knownSum({ BLR: null })).toBeNull();
    expect(knownSum({})).toBeNull();
    expect(knownSum(null)).toBeNull();
  });
});
