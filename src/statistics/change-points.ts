// Over 60 lines: the search is one loop, and its prefix sums must be typed arrays to be fast.
import { binomialCost } from './binomial-cost.js';
import { type BinomialPoint, pool, requireBinomialPoints } from './binomial-point.js';
import { requireCount, requirePhi } from './guards.js';

/** A run of points that share one rate, from index start. */
export interface Segment {
  readonly start: number;
  readonly points: number;
  readonly k: number;
  readonly n: number;
  readonly rate: number;
}

/** The best partition; cost includes the penalties. */
export interface ChangePoints {
  readonly starts: readonly number[];
  readonly segments: readonly Segment[];
  readonly cost: number;
}

/**
 * Change points of a rate: the partition with the least Σ cost / phi + penalty · changes, exactly.
 *
 * Optimal partitioning over prefix sums (Jackson et al. 2005, IEEE Signal Processing Letters 12).
 * Fast enough without the pruning of PELT (Killick et al. 2012), whose answer is the same.
 * @param points k of n per night or month, in order of time; 0/0 is allowed, never alone in a
 * segment
 * @param penalty price of a change on the scale of cost / phi, e.g. 3 ln(nights), from 0
 * @param minSegment least number of points in a segment, whole, from 1
 * @param phi dispersion of nights about a rate that stays, from 0
 * @returns starts are the indices of first points after a change; a series too short to split is
 * one segment; null if nothing was launched, and for phi = 0 (below 1e-12)
 * @throws RangeError on NaN, negatives, fractions, k > n and parameters outside their domain
 * @example
 * changePoints([{ k: 0, n: 2 }, { k: 2, n: 2 }], 1, 1, 1) // => { starts: [1], cost: 1, segments:
 * // [{ start: 0, points: 1, k: 0, n: 2, rate: 0 }, { start: 1, points: 1, k: 2, n: 2, rate: 1 }] }
 */
export function changePoints(
  points: readonly BinomialPoint[],
  penalty: number,
  minSegment: number,
  phi: number,
): ChangePoints | null {
  if (!(penalty >= 0 && penalty <= 1e100))
    throw new RangeError(`penalty must be from 0: ${penalty}`);
  if (requireCount(minSegment, 'minSegment') === 0)
    throw new RangeError('minSegment must be from 1');
  requireBinomialPoints(points);
  if (requirePhi(phi) === 0 || points.every(({ n }) => n === 0)) return null;
  const [hits, trials] = [runningSums(points, 'k'), runningSums(points, 'n')];
  const price = (from: number, to: number) =>
    binomialCost(at(hits, to) - at(hits, from), at(trials, to) - at(trials, from)) / phi;
  const least = new Float64Array(points.length + 1);
  const previous = new Int32Array(points.length + 1);
  for (let end = 1; end <= points.length; end++) {
    let [lowest, from] = [price(0, end), 0];
    for (let start = minSegment; start <= end - minSegment; start++) {
      const cost = at(least, start) + penalty + price(start, end);
      if (cost < lowest) [lowest, from] = [cost, start];
    }
    least[end] = lowest;
    previous[end] = from;
  }
  const segments: Segment[] = [];
  for (let end = points.length; end > 0; end = at(previous, end)) {
    const start = at(previous, end);
    segments.unshift({ start, ...pooled(points.slice(start, end)) });
  }
  const starts = segments.slice(1).map(({ start }) => start);
  return { starts, segments, cost: at(least, points.length) };
}

// Never 0/0: to cut silent points off is no cheaper, and equal costs are not cut.
function pooled(points: readonly BinomialPoint[]) {
  const { k, n } = pool(points);
  return { points: points.length, k, n, rate: k / n };
}

/** Typed arrays and indices: with objects per cut the search took fifteen times as long. */
function runningSums(points: readonly BinomialPoint[], key: 'k' | 'n'): Float64Array {
  const sums = new Float64Array(points.length + 1);
  for (const [i, point] of points.entries()) sums[i + 1] = at(sums, i) + point[key];
  return sums;
}

function at(values: Float64Array | Int32Array, index: number): number {
  return values[index] as number;
}
