import fc from 'fast-check';
import type { BinomialPoint } from '../../src/statistics/binomial-point.js';

/** k of n with 0 <= k <= n, n from `least`. */
export function binomialPoint(least = 0, most = 900): fc.Arbitrary<BinomialPoint> {
  return fc
    .integer({ min: least, max: most })
    .chain((n) => fc.record({ k: fc.integer({ min: 0, max: n }), n: fc.constant(n) }));
}

/** A season of nights; nights of 0/0 and perfect nights included. */
export function nightsOf(minLength = 0, maxLength = 40): fc.Arbitrary<BinomialPoint[]> {
  return fc.array(binomialPoint(), { minLength, maxLength });
}

/** An array together with another order of the same entries. */
export function shuffled<T>(array: fc.Arbitrary<T[]>): fc.Arbitrary<[T[], T[]]> {
  return array.chain((items) =>
    fc.tuple(
      fc.constant(items),
      fc.shuffledSubarray(items, { minLength: items.length, maxLength: items.length }),
    ),
  );
}

/** Finite numbers of the size that measurements have, ties among them likely. */
export const measurement = fc.oneof(
  fc.integer({ min: -20, max: 20 }),
  // -0 + 0 is 0: which of two equal zeros is the smaller one is no guarantee.
  fc.double({ min: -1e6, max: 1e6, noNaN: true }).map((value) => value + 0),
);

/** Everything that a count must not be. */
export const notACount = [Number.NaN, -1, 0.5, Number.POSITIVE_INFINITY, 2 ** 53] as const;
