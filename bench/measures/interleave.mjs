// Rounds in turns: A B A B, so that a slow minute of the machine is everybody's.
import { Unavailable } from '../contenders/field.mjs';
import { spread, summarise } from '../report/ratios.mjs';

/** Told of every figure as it comes. */
const silent = () => {};

/**
 * Measures every contender, one after another, round by round. Who cannot be asked is left out with the reason.
 *
 * @param round (field, contender) to {value, …}: the figure, and what else was seen
 */
async function rounds({ contenders, round, most_rounds }, field, tell) {
  const details = Object.fromEntries(contenders.map((name) => [name, []]));
  const left = new Map();
  const count = Math.min(field.options.rounds, most_rounds ?? Number.POSITIVE_INFINITY);
  for (let number = 0; number < count; number += 1) {
    for (const name of contenders) {
      if (left.has(name)) continue;
      try {
        const detail = await round(field, name);
        details[name].push(detail);
        tell(name, detail);
      } catch (error) {
        // One that fails at home is a mistake of the benchmark or of the service, and no figure.
        if (name === 'service' && !(error instanceof Unavailable)) throw error;
        left.set(name, error.message);
        details[name] = [];
        tell(name, { reason: error.message });
      }
    }
  }
  return { details, unavailable: Object.fromEntries(left) };
}

const column = (details, key) =>
  Object.fromEntries(
    Object.entries(details).map(([name, all]) => [
      name,
      all.filter((detail) => detail[key] !== undefined).map((detail) => detail[key]),
    ]),
  );

// What the service's rounds tell beside their figure: the figure's own are in the summary already.
const IN_SUMMARY = ['value', 'cpu_us', 'cpu_share', 'asked'];

/** Whatever else was seen of the service, in numbers. */
function besides(details) {
  const names = new Set(details.flatMap((detail) => Object.keys(detail)));
  const numbers = [...names]
    .filter((name) => !IN_SUMMARY.includes(name))
    .map((name) => [name, details.map((detail) => detail[name]).filter(Number.isFinite)])
    .filter(([, values]) => values.length > 0);
  return Object.fromEntries(numbers.map(([name, values]) => [name, spread(values)]));
}

/** One measurement with its figures and the service's ratio to every other contender. */
export async function measure(definition, field, tell = silent) {
  const { id, title, unit, better, yardstick } = definition;
  const { details, unavailable } = await rounds(definition, field, tell);
  const subject = 'service';
  const summary = summarise({ better, subject, rounds: column(details, 'value') });
  const cpu = summarise({ better: 'lower', subject, rounds: column(details, 'cpu_us') });
  const isTimed = Object.keys(cpu.figures).length > 0;
  return {
    ...{ id, title, size: field.size, unit, better, yardstick },
    ...summary,
    ...(isTimed && { cpu_figures: cpu.figures, cpu_ratios: cpu.ratios }),
    besides: besides(details[subject]),
    unavailable,
    details,
  };
}
