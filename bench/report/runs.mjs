// Figures of several runs side by side: each measurement says which it is of.

/** What a figure is told with: when, at which commit, and how thoroughly. */
export const runOf = (commit, { rounds, seconds }) => ({
  at: new Date().toISOString(),
  commit,
  rounds,
  seconds,
});

/** Measurements with those among them that were made again in place of the earlier ones. */
export function replaced(earlier, later) {
  const twin = (one, among) => among.find(({ id, size }) => id === one.id && size === one.size);
  const kept = earlier.map((one) => twin(one, later) ?? one);
  return [...kept, ...later.filter((one) => twin(one, earlier) === undefined)];
}

/** Each run that figures are of, in the order of time, with its sizes. */
export function runsOf(measurements) {
  const runs = new Map();
  for (const { run, size } of measurements) {
    const known = runs.get(run.at) ?? { ...run, sizes: new Set() };
    known.sizes.add(size);
    runs.set(run.at, known);
  }
  const ordered = [...runs.values()].sort((a, b) => (a.at < b.at ? -1 : 1));
  return ordered.map((run) => ({ ...run, sizes: [...run.sizes] }));
}
