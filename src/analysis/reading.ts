import type { Break } from '../domain/era.js';
import type { Measure } from '../domain/measure.js';
import type { MonthlyTrend } from './trend-of.js';

const SIGNIFICANCE = 0.05;

interface Part {
  label: string;
  trend: MonthlyTrend | null;
}

function probability(p: number): string {
  return p < 0.001 ? 'p < 0.001' : `p = ${p.toPrecision(2)}`;
}

/** One stretch in words: never stronger than the weaker of the plain and the autocorrelation-corrected test. */
function finding({ label, trend }: Part): string {
  const test = trend?.mann_kendall ?? null;
  if (trend === null || test === null) return `${label}: too few complete months for a trend`;
  const p = Math.max(test.p_two_sided, trend.hamed_rao?.p_two_sided ?? 0);
  const span = `${label}, ${trend.first_month} to ${trend.last_month}`;
  if (p >= SIGNIFICANCE) return `${span}: no monotonic trend is supported (${probability(p)})`;
  const direction = test.s > 0 ? 'rising' : 'falling';
  return `${span}: a ${direction} trend is supported (tau-b = ${test.tau_b.toFixed(2)}, ${probability(p)})`;
}

/** What the window crosses, in plain words; null if it is comparable throughout. */
export function warningFor(measure: Measure, breaks: readonly Break[]): string | null {
  const crossed = breaks.filter(({ affects }) => affects.includes(measure));
  if (crossed.length === 0) return null;
  const nights = crossed.map(({ night }) => night).join(' and ');
  return `The window crosses a change in what the reports mean by ${measure} (${nights}): figures before and after are not comparable, and a trend over the whole window may show nothing but the change of wording.`;
}

/**
 * One sentence built from the numbers and never stronger than them: about the whole window where it is comparable, else
 * about each comparable stretch of it.
 */
export function readingOf(
  measure: Measure,
  whole: Part,
  stretches: readonly Part[],
  comparable: boolean,
): string {
  if (comparable) return `Claimed ${measure}; ${finding(whole)}.`;
  if (stretches.length === 0) return `Claimed ${measure}: there is nothing to make a rate of.`;
  const parts = stretches.map(finding).join('; ');
  return `Claimed ${measure} over the whole window is not comparable; ${parts}.`;
}
