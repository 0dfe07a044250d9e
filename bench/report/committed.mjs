// Holds a run against the committed figures. Only ratios to the bare contender of the same run are compared: absolute
// figures are those of a machine.

/** A ratio may fall by a third of what was committed; noise is smaller, a lost cache is larger. */
const MOST_LOST = 1 / 3;

const nameOf = ({ id, size }) => `${id} (${size})`;

/**
 * How many times as good the service is as the yardstick, each in its best round: neighbours only ever slow one down.
 * Processor time is compared where it was measured, because they disturb it least.
 */
function bestRatio({ figures, cpu_figures, better, yardstick }, kind) {
  const { service: ours, [yardstick]: theirs } = (kind === 'cpu' ? cpu_figures : figures) ?? {};
  if (ours === undefined || theirs === undefined) return null;
  return kind !== 'cpu' && better === 'higher' ? ours.high / theirs.high : theirs.low / ours.low;
}

function regression(before, measured) {
  const kind = bestRatio(before, 'cpu') === null ? 'figure' : 'cpu';
  const was = bestRatio(before, kind);
  const same = measured.find(({ id, size }) => id === before.id && size === before.size);
  const is = same === undefined ? null : bestRatio(same, kind);
  if (was === null || (is !== null && is >= was * (1 - MOST_LOST))) return null;
  return { id: before.id, name: nameOf(before), yardstick: before.yardstick, was, is };
}

/**
 * What became too slow.
 *
 * @param committed measurements of the committed run
 * @param measured those of this one
 * @returns one entry per ratio that fell too far or is missing; empty if all is well
 */
export function regressions(committed, measured) {
  return committed
    .filter(({ yardstick }) => yardstick !== null)
    .map((before) => regression(before, measured))
    .filter((found) => found !== null);
}

/** One line about a regression. */
export function regressionLine({ name, yardstick, was, is }) {
  const now = is === null ? 'was not measured' : `is ${is.toPrecision(3)}`;
  return `${name}: ${now}, committed ${was.toPrecision(3)} of ${yardstick}`;
}
