import { describe, expect, it } from 'vitest';
import { claimContentSchema } from '../../src/domain/claim.js';
import { conflictsOf, type Statement } from '../../src/domain/conflict.js';
import type { Side } from '../../src/domain/source.js';

const clm = (n: number): string => `clm_${String(n).padStart(26, '0')}`;
const SPEAKERS: Record<Side, string> = {
  defender: 'xxb-staff',
  attacker: 'xxa-ministry',
  third_party: 'wire',
};

const say = (n: number, side: Side, content: object): Statement => ({
  id: clm(n),
  side,
  content: claimContentSchema.parse({
    source: SPEAKERS[side],
    munition: 'shahed-136-131',
    window_start: '2024-01-01',
    window_end: '2024-01-01T08:00',
    ...content,
  }),
});

describe('conflictsOf', () => {
  it('finds none where nobody is contradicted: one side, equal counts, or nothing said', () => {
    expect(conflictsOf([])).toEqual([]);
    const defender = say(1, 'defender', { launched: 10, intercepted: 6 });
    expect(conflictsOf([defender])).toEqual([]);
    expect(
      conflictsOf([
        defender,
        say(2, 'attacker', { launched: 10 }),
        say(3, 'third_party', { intercepted: 6, independent_of: [clm(1)] }),
      ]),
    ).toEqual([]);
  });

  it('compares what the claims of a side add up to, never one of them alone', () => {
    const evening = say(1, 'defender', { launched: 4, window_end: '2024-01-01T02:00' });
    const morning = say(2, 'defender', { launched: 6, window_start: '2024-01-01T02:00' });
    expect(conflictsOf([evening, morning, say(3, 'attacker', { launched: 10 })])).toEqual([]);
    const [conflict, ...more] = conflictsOf([
      say(3, 'attacker', { launched: 12 }),
      evening,
      morning,
    ]);
    expect(more).toEqual([]);
    expect(conflict).toEqual({
      munition: 'shahed-136-131',
      field: 'launched',
      values: [
        {
          value: 10,
          side: 'defender',
          sources: ['xxb-staff'],
          claims: [clm(1), clm(2)],
          quotation: null,
        },
        {
          value: 12,
          side: 'attacker',
          sources: ['xxa-ministry'],
          claims: [clm(3)],
          quotation: null,
        },
      ],
    });
  });

  it('takes no side’s total for known while one of its claims leaves the count out', () => {
    expect(
      conflictsOf([
        say(1, 'defender', { launched: 4 }),
        say(2, 'defender', { target: 'Coast' }),
        say(3, 'attacker', { launched: 10 }),
      ]),
    ).toEqual([]);
  });

  it('leaves regional claims, tallies and other munitions out: they are about something else', () => {
    expect(
      conflictsOf([
        say(1, 'defender', { launched: 10 }),
        say(2, 'attacker', { launched: 3, scope: 'regional' }),
        say(3, 'attacker', { launched: 3, basis: 'tally' }),
        say(4, 'attacker', { launched: 3, munition: 'kalibr' }),
      ]),
    ).toEqual([]);
  });

  it('adds no mere repetition to what a side says, and hears no voice in it', () => {
    const said = say(1, 'defender', { launched: 10, intercepted: 8 });
    const again = { launched: 10, intercepted: 8, independent_of: [clm(1)] };
    const repeated = say(2, 'defender', { ...again, source: 'xxb-coast' });
    const misquoted = say(3, 'third_party', { ...again, launched: 9 });
    const attacker = say(4, 'attacker', { launched: 10 });
    expect(conflictsOf([said, repeated, misquoted, attacker])).toEqual([]);
  });

  it('lets every third party speak for itself', () => {
    const conflicts = conflictsOf([
      say(1, 'third_party', { launched: 66 }),
      say(2, 'third_party', { launched: 67, source: 'gazette' }),
    ]);
    expect(conflicts.map(({ values }) => values.map(({ value }) => value))).toEqual([[67, 66]]);
  });

  it('compares a headline claim with each claim that competes with it, of the same source too', () => {
    const conflicts = conflictsOf([
      say(1, 'defender', { launched: 67, intercepted: 58 }),
      say(2, 'defender', { launched: 67, intercepted: 55, alternative_to: clm(1) }),
      say(3, 'attacker', { intercepted: 20, alternative_to: clm(1), quotation: 'Twenty.' }),
    ]);
    expect(conflicts).toHaveLength(1);
    expect(conflicts[0]?.field).toBe('intercepted');
    expect(conflicts[0]?.values.map(({ value, quotation }) => [value, quotation])).toEqual([
      [58, null],
      [55, null],
      [20, 'Twenty.'],
    ]);
  });

  describe('an assertion without a number', () => {
    const words = { quotation: 'As we said.' };
    const defender = say(1, 'defender', { launched: 10, intercepted: 6, hit_locations: 2 });

    it.each([
      ['all_targets_hit', ['intercepted']],
      ['none_got_through', ['hit_locations']],
      ['attack_denied', ['launched', 'intercepted', 'hit_locations']],
    ] as const)('%s is contradicted by %j above zero', (assertion, fields) => {
      const asserting = say(2, 'attacker', { assertion, ...words });
      const conflicts = conflictsOf([defender, asserting]);
      expect(conflicts.map(({ field }) => field)).toEqual(fields);
      for (const { values } of conflicts) {
        expect(values).toHaveLength(2);
        expect(values[1]).toEqual({
          value: assertion,
          side: 'attacker',
          sources: ['xxa-ministry'],
          claims: [clm(2)],
          quotation: 'As we said.',
        });
      }
    });

    it('is not contradicted by zeros, by silence, by its own source or about another munition', () => {
      const assertion = { assertion: 'all_targets_hit', ...words };
      expect(
        conflictsOf([
          say(1, 'defender', { launched: 10, intercepted: 0 }),
          say(2, 'attacker', assertion),
          say(3, 'attacker', { intercepted: 4, scope: 'other' }),
          say(4, 'third_party', { intercepted: 4, munition: 'kalibr' }),
        ]),
      ).toEqual([]);
    });

    it('conflicts with another assertion, and with the same one not', () => {
      const denied = say(1, 'attacker', { assertion: 'attack_denied', ...words });
      const repeated = say(2, 'third_party', { assertion: 'attack_denied', ...words });
      expect(conflictsOf([denied, repeated])).toEqual([]);
      const stopped = say(3, 'defender', { assertion: 'none_got_through', ...words });
      const [conflict] = conflictsOf([denied, repeated, stopped]);
      expect(conflict?.field).toBe('assertion');
      expect(conflict?.values.map(({ value, side }) => [side, value])).toEqual([
        ['defender', 'none_got_through'],
        ['attacker', 'attack_denied'],
        ['third_party', 'attack_denied'],
      ]);
    });
  });
});
