// Figures of interleaved rounds: what one contender does beside another in the same round says more than what either
// does, because the machine is the same machine only for so long.

/** The middle of some numbers; of an even count the mean of the two in the middle. */
export function median(numbers) {
  if (numbers.length === 0) throw new Error('a median of nothing');
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return (sorted[Math.ceil(middle) - 1] + sorted[Math.floor(middle)]) / 2;
}

/** Median with its spread. */
export function spread(numbers) {
  return { median: median(numbers), low: Math.min(...numbers), high: Math.max(...numbers) };
}

/**
 * How many times as good one contender is as another, round by round.
 *
 * @param better `higher` for amounts per second, `lower` for times
 * @param ours figures by round @param theirs figures of the same rounds
 * @returns median and spread of the ratios; 2 is twice as good whatever is measured
 */
export function ratio(better, ours, theirs) {
  const rounds = Math.min(ours.length, theirs.length);
  if (rounds === 0) return null;
  const ratios = Array.from({ length: rounds }, (_, round) =>
    better === 'higher' ? ours[round] / theirs[round] : theirs[round] / ours[round],
  );
  return spread(ratios);
}

/** What a measurement says: every contender's spread, and the subject's ratio to each other one. */
export function summarise({ better, subject, rounds }) {
  const names = Object.keys(rounds).filter((name) => rounds[name].length > 0);
  const figures = Object.fromEntries(names.map((name) => [name, spread(rounds[name])]));
  const ours = rounds[subject] ?? [];
  const ratios = names
    .filter((name) => name !== subject)
    .map((name) => [name, ratio(better, ours, rounds[name])])
    .filter(([, value]) => value !== null);
  return { figures, ratios: Object.fromEntries(ratios) };
}
