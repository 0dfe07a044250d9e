/** k of n at x; x in any unit of time. */
export interface LogisticPoint {
  readonly x: number;
  readonly k: number;
  readonly n: number;
}

/**
 * Whether every success lies on one side of every failure, so that no finite logistic line is best.
 *
 * For one covariate this is the whole condition of Albert & Anderson 1984, Biometrika 71: complete
 * and quasi-complete separation, all k = 0, all k = n and a single x are cases of it.
 * @param points nights in any order, n > 0, not guarded
 * @example isSeparated([{ x: 0, k: 0, n: 2 }, { x: 1, k: 2, n: 2 }]) // => true
 */
export function isSeparated(points: readonly LogisticPoint[]): boolean {
  const hits = points.filter(({ k }) => k > 0).map(({ x }) => x);
  const misses = points.filter(({ k, n }) => k < n).map(({ x }) => x);
  return Math.max(...misses) <= Math.min(...hits) || Math.max(...hits) <= Math.min(...misses);
}
