import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { claimRange } from '../../src/analysis/claim-range.js';
import { Competition } from '../../src/analysis/competition.js';
import { Tally } from '../../src/analysis/tally.js';
import type { Measure } from '../../src/domain/measure.js';

const outcome = fc
  .tuple(fc.integer({ min: 1, max: 200 }), fc.integer({ min: 0, max: 200 }))
  .map(([launched, intercepted]) => ({
    launched,
    intercepted: Math.min(launched, intercepted),
    suppressed: null,
    left_airspace: null,
    basis: 'barrage' as const,
  }));
const contested = fc.record({ headline: outcome, rivals: fc.array(outcome, { maxLength: 4 }) });
type Outcome = typeof outcome extends fc.Arbitrary<infer T> ? T : never;

const contestedBy = (competitions: readonly Competition[]) => ({
  choices: (measure: Measure) => competitions.map((one) => one.choice(measure)),
});

/** Every rate that some choice gives. */
function allRates(choices: readonly (readonly Outcome[])[], k = 0, n = 0): number[] {
  const [first, ...rest] = choices;
  if (first === undefined) return [k / n];
  return first.flatMap((one) => allRates(rest, k + one.intercepted, n + one.launched));
}

describe('the range of competing claims', () => {
  it('is that of all choices, so the rate itself never lies outside it', () => {
    fc.assert(
      fc.property(fc.array(contested, { minLength: 1, maxLength: 5 }), outcome, (claims, quiet) => {
        const headlines = [quiet, ...claims.map(({ headline }) => headline)];
        const tally = new Tally();
        tally.launched = headlines.reduce((sum, { launched }) => sum + launched, 0);
        tally.intercepted = headlines.reduce((sum, { intercepted }) => sum + intercepted, 0);
        const value = tally.intercepted / tally.launched;
        const rates = allRates([
          [quiet],
          ...claims.map(({ headline, rivals }) => [headline, ...rivals]),
        ]);
        // Of whichever nights and keys they are.
        const competitions = [claims.slice(0, 2), claims.slice(2)].map(
          (some) => new Competition(some),
        );
        const range = claimRange('interception', { ...tally, ...contestedBy(competitions) }, value);
        expect(range?.low).toBeCloseTo(Math.min(...rates), 12);
        expect(range?.high).toBeCloseTo(Math.max(...rates), 12);
        expect(range?.low).toBeLessThanOrEqual(value);
        expect(range?.high).toBeGreaterThanOrEqual(value);
      }),
    );
  });

  it('is none where an end would be no rate, and takes no tally for a competitor', () => {
    const tally = new Tally();
    tally.launched = 15;
    tally.intercepted = 10;
    const unreported = { suppressed: null, left_airspace: null, basis: 'barrage' as const };
    const headline = { launched: 10, intercepted: 5, ...unreported };
    const rival = { launched: 2, intercepted: 2, ...unreported };
    const tallied = [new Competition([{ headline, rivals: [{ ...rival, basis: 'tally' }] }])];
    expect(claimRange('interception', { ...tally, ...contestedBy(tallied) }, 10 / 15)).toEqual({
      low: 10 / 15,
      high: 10 / 15,
    });
    tally.intercepted = 12;
    const rivalled = [new Competition([{ headline, rivals: [rival] }])];
    expect(claimRange('interception', { ...tally, ...contestedBy(rivalled) }, 12 / 15)).toBeNull();
  });

  it('asks of a measure that needs suppressed only competitors that report it', () => {
    const tally = new Tally();
    tally.launched = 10;
    tally.intercepted = 5;
    tally.suppressed = 2;
    const own = { left_airspace: null, basis: 'barrage' as const };
    const headline = { ...own, launched: 10, intercepted: 5, suppressed: 2 };
    const silent = { ...own, launched: 10, intercepted: 1, suppressed: null };
    const telling = { ...own, launched: 10, intercepted: 5, suppressed: 4 };
    const told = [new Competition([{ headline, rivals: [silent, telling] }])];
    expect(claimRange('neutralisation', { ...tally, ...contestedBy(told) }, 0.7)).toEqual({
      low: 0.7,
      high: 0.9,
    });
    expect(claimRange('interception', { ...tally, ...contestedBy(told) }, 0.5)).toEqual({
      low: 0.1,
      high: 0.5,
    });
    const unknown = { ...headline, intercepted: null };
    const untold = [new Competition([{ headline: unknown, rivals: [telling] }])];
    expect(claimRange('neutralisation', { ...tally, ...contestedBy(untold) }, 0.7)).toEqual({
      low: 0.7,
      high: 0.7,
    });
  });

  it('needs a rate', () => {
    expect(claimRange('interception', { ...new Tally(), ...contestedBy([]) }, null)).toBeNull();
  });
});
