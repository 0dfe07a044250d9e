import { requireCount } from './guards.js';

/** k of n munitions, usually one night: whole numbers, 0 <= k <= n. */
export interface BinomialPoint {
  readonly k: number;
  readonly n: number;
}

/**
 * k and n of one night as claimed. Unlike a binomial point it may have k > n: an impossible claim
 * is kept and flagged, never repaired, so sums and the ratio estimator must be able to carry it.
 */
export type Cluster = BinomialPoint;

/**
 * Returns the points unchanged, if each is k of n with whole numbers and 0 <= k <= n.
 * @param points nights, in any order
 * @throws RangeError on NaN, negatives, fractions and k > n
 * @example requireBinomialPoints([{ k: 58, n: 67 }]) // => [{ k: 58, n: 67 }]
 */
export function requireBinomialPoints(points: readonly BinomialPoint[]): readonly BinomialPoint[] {
  for (const point of points) requireBinomialPoint(point);
  return points;
}

function requireBinomialPoint({ k, n }: BinomialPoint): void {
  requireCount(k, 'k');
  requireCount(n, 'n');
  if (k > n) throw new RangeError(`k must not exceed n, but ${k} > ${n}`);
}

/**
 * Returns the clusters unchanged, if k and n are whole numbers from 0; k > n is let through.
 * @param clusters nights, in any order
 * @throws RangeError on NaN, negatives and fractions
 * @example requireClusters([{ k: 3, n: 2 }]) // => [{ k: 3, n: 2 }]
 */
export function requireClusters(clusters: readonly Cluster[]): readonly Cluster[] {
  for (const { k, n } of clusters) {
    requireCount(k, 'k');
    requireCount(n, 'n');
  }
  return clusters;
}

/**
 * Sum over sum, the only way in which rates are pooled here: never a mean of nightly ratios.
 * @param clusters nights, in any order
 * @throws RangeError on NaN, negatives and fractions
 * @example pool([{ k: 58, n: 67 }, { k: 2, n: 3 }]) // => { k: 60, n: 70 }
 */
export function pool(clusters: readonly Cluster[]): Cluster {
  let [k, n] = [0, 0];
  // In one pass with the check: there are a thousand nights, and three measures of them.
  for (const cluster of clusters) {
    k += requireCount(cluster.k, 'k');
    n += requireCount(cluster.n, 'n');
  }
  return { k, n };
}

/**
 * The same of points, none of which has k > n.
 * @param points nights, in any order
 * @throws RangeError on NaN, negatives, fractions and k > n
 * @example poolPoints([{ k: 58, n: 67 }, { k: 2, n: 3 }]) // => { k: 60, n: 70 }
 */
export function poolPoints(points: readonly BinomialPoint[]): BinomialPoint {
  let [k, n] = [0, 0];
  for (const point of points) {
    requireBinomialPoint(point);
    k += point.k;
    n += point.n;
  }
  return { k, n };
}
