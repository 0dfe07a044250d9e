import { describe, expect, it } from 'vitest';
import { type ClaimContent, claimContentSchema } from '../../src/domain/claim.js';
import {
  contradictions,
  IDENTIFYING_COUNTS,
  isSameStatement,
  naturalKey,
  statementKey,
} from '../../src/domain/claim-identity.js';

const OTHER = 'clm_00000000000000000000000000';
const claim = (changes: Partial<ClaimContent> = {}): ClaimContent => ({
  ...claimContentSchema.parse({
    source: 'xxb-staff',
    munition: 'synthetic-uav',
    window_start: '2024-03-04T20:00',
    window_end: '2024-03-05T06:00',
    launched: 10,
    intercepted: 8,
    launch_places: ['range A'],
  }),
  ...changes,
});

describe('naturalKey', () => {
  const changes: Partial<ClaimContent>[] = [
    { source: 'xxb-coast' },
    { url: 'https://example.org/1' },
    { munition: 'other' },
    { window_start: '2024-03-04T21:00' },
    { window_end: '2024-03-05T07:00' },
    { launch_places: [] },
    { launch_places: ['range A', 'range B'] },
    { target: 'XXB' },
  ];
  it.each(changes)('tells claims apart by %o', (change) => {
    expect(naturalKey(claim(change))).not.toBe(naturalKey(claim()));
  });

  it('is the same whatever the counts and words say', () => {
    const same = { launched: 99, intercepted: null, note: 'x', scope: 'regional' } as const;
    expect(naturalKey(claim(same))).toBe(naturalKey(claim()));
  });

  it('keeps field borders: one launch place named "a", "b" is not two', () => {
    expect(naturalKey(claim({ launch_places: ['a","b'] }))).not.toBe(
      naturalKey(claim({ launch_places: ['a', 'b'] })),
    );
  });
});

describe('statementKey', () => {
  const changes: Partial<ClaimContent>[] = [
    {},
    { url: 'https://example.org/1', target: 'XXB' },
    { source: 'xxb-coast' },
    { window_end: '2024-03-05T07:00' },
    ...IDENTIFYING_COUNTS.flatMap((count) => [{ [count]: null }, { [count]: 1 }]),
  ];
  it.each(changes)('is equal exactly where the statement is the same: %o', (change) => {
    const same = isSameStatement(claim(), claim(change));
    expect(statementKey(claim(change)) === statementKey(claim())).toBe(same);
  });

  it('is null for an alternative, which is no statement of its own', () => {
    expect(statementKey(claim({ alternative_to: OTHER }))).toBeNull();
  });
});

describe('isSameStatement', () => {
  it('sees through address, places and words', () => {
    expect(
      isSameStatement(
        claim(),
        claim({ url: 'https://example.org/1', launch_places: [], note: 'x' }),
      ),
    ).toBe(true);
  });

  it.each([...IDENTIFYING_COUNTS, 'source', 'munition', 'window_start', 'window_end'] as const)(
    'is not given when %s differs',
    (field) => {
      const other = { ...claim(), [field]: field.startsWith('window') ? '2024-03-05' : 1 };
      expect(isSameStatement(claim(), other)).toBe(false);
    },
  );

  it('takes an unreported count for other than zero', () => {
    expect(isSameStatement(claim({ suppressed: null }), claim({ suppressed: 0 }))).toBe(false);
  });

  it('is never given to an alternative, on either side', () => {
    expect(isSameStatement(claim(), claim({ alternative_to: OTHER }))).toBe(false);
    expect(isSameStatement(claim({ alternative_to: OTHER }), claim())).toBe(false);
  });
});

describe('contradictions', () => {
  const stored = { count: 3, words: 'said', places: ['a'], more: null as string | null };
  const strict = ['count'];

  it('are none where everything agrees, or is left out', () => {
    expect(contradictions(stored, stored, strict)).toEqual([]);
    expect(contradictions({ ...stored, places: [], more: null }, stored, strict)).toEqual([]);
    expect(
      contradictions({ ...stored, words: null as string | null }, { ...stored }, strict),
    ).toEqual([]);
  });

  it('names what is said otherwise, and what is added', () => {
    expect(
      contradictions({ count: 4, words: 'told', places: ['b'], more: 'x' }, stored, strict),
    ).toEqual(['count', 'words', 'places', 'more']);
  });

  it('counts null in a strict field as a statement', () => {
    expect(contradictions({ ...stored, count: null as number | null }, stored, strict)).toEqual([
      'count',
    ]);
  });
});
