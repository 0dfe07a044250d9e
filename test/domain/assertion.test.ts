import { describe, expect, it } from 'vitest';
import { assertionErrors } from '../../src/domain/assertion.js';
import { claimContentSchema } from '../../src/domain/claim.js';
import { raisedFlags } from '../../src/domain/claim-flags.js';

const claim = (changes: object) =>
  claimContentSchema.parse({
    source: 'xxa-ministry',
    munition: 'shahed-136-131',
    window_start: '2024-01-01',
    window_end: '2024-01-01T08:00',
    ...changes,
  });

describe('assertionErrors', () => {
  it('has nothing to say of a claim without an assertion', () => {
    expect(assertionErrors(claim({ launched: 5 }), '')).toEqual([]);
  });

  it('accepts an assertion with its words and no number', () => {
    const assertion = claim({ assertion: 'all_targets_hit', quotation: 'All targets were hit.' });
    expect(assertionErrors(assertion, '')).toEqual([]);
  });

  it('names every number that stands beside it, and the missing words', () => {
    const assertion = claim({
      assertion: 'none_got_through',
      launched: 5,
      hit_locations: 0,
      left_airspace_to: { XXA: 1 },
    });
    expect(
      assertionErrors(assertion, '/claims/2').map(({ pointer, code }) => [pointer, code]),
    ).toEqual([
      ['/claims/2/launched', 'assertion_with_count'],
      ['/claims/2/hit_locations', 'assertion_with_count'],
      ['/claims/2/left_airspace_to', 'assertion_with_count'],
      ['/claims/2/quotation', 'required'],
    ]);
  });

  it('is not flagged for the numbers that it never had', () => {
    expect(raisedFlags(claim({ assertion: 'attack_denied', quotation: 'No.' }), null)).toEqual([]);
  });
});
