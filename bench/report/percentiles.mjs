/** The smallest value that so large a share of the values does not exceed; NaN of none. @param sorted ascending */
export function percentile(sorted, share) {
  if (sorted.length === 0) return Number.NaN;
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
}

/** Middle, slow end and worst of some times. */
export function summaryOf(times) {
  const sorted = times.toSorted((a, b) => a - b);
  const [p50_ms, p99_ms, max_ms] = [0.5, 0.99, 1].map((share) => percentile(sorted, share));
  return { p50_ms, p99_ms, max_ms };
}
