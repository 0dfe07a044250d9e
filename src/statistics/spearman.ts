import { averageRanks } from './average-ranks.js';
import { studentTCdf } from './student-t-cdf.js';

/** Rank correlation of n pairs, with the p of its t statistic on n - 2 degrees of freedom. */
export interface Spearman {
  readonly n: number;
  readonly rho: number;
  readonly p_two_sided: number;
}

/**
 * Spearman's rank correlation: Pearson's correlation of average ranks.
 *
 * With ties the formula 1 - 6Σd²/(n³ - n) is wrong, so it is not used. p from t =
 * rho·√((n-2)/(1-rho²)), as R's cor.test(exact = FALSE); it is 0 at rho = -1 and 1.
 * @param pairs real numbers x and y, in any order
 * @returns null for fewer than three pairs and where x or y is constant
 * @throws RangeError on a value that is not finite
 * @example
 * spearman([{ x: 1, y: 2 }, { x: 2, y: 1 }, { x: 3, y: 4 }, { x: 4, y: 3 }]) // => { n: 4,
 * // rho: 0.6, p_two_sided: 0.4 }
 */
export function spearman(
  pairs: readonly { readonly x: number; readonly y: number }[],
): Spearman | null {
  const n = pairs.length;
  const x = averageRanks(pairs.map((pair) => pair.x));
  const y = averageRanks(pairs.map((pair) => pair.y));
  const centre = (n + 1) / 2;
  let [xx, yy, xy] = [0, 0, 0];
  for (const [i, rank] of x.entries()) {
    const [dx, dy] = [rank - centre, (y[i] as number) - centre];
    xx += dx * dx;
    yy += dy * dy;
    xy += dx * dy;
  }
  if (n < 3 || xx === 0 || yy === 0) return null;
  const rho = xy / Math.sqrt(xx * yy);
  const t = Math.abs(rho) * Math.sqrt((n - 2) / ((1 - rho) * (1 + rho)));
  return { n, rho, p_two_sided: Math.abs(rho) >= 1 ? 0 : 2 * studentTCdf(-t, n - 2) };
}
