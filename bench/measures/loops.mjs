// How a round is measured: by a few clients in a closed loop, or by one that asks one thing after another.
import { REQUESTS } from '../load/requests.mjs';
import { runLoad } from '../load/run-load.mjs';
import { median } from '../report/ratios.mjs';

const MILLION = 1_000_000;
const FEWEST = 3;

function ensureAnswered(result) {
  const refused = Object.entries(result.refused);
  if (refused.length > 0) throw new Error(`answered ${refused.map((pair) => pair.join(' × '))}`);
  if (result.errors > 0) throw new Error(`${result.errors} connections failed`);
  if (result.answered === 0) throw new Error('answered nothing');
}

/** Answers per second, and what each cost the contender in processor time. */
export const closedLoop = (question, connections) => async (field, name) => {
  const running = await field.running(name);
  const options = await field.requestOptions(name);
  const { seconds } = field.options;
  const first = field.numbers();
  const before = running.process.cpuSeconds();
  const task = {
    url: running.url,
    contender: name,
    question,
    options,
    connections,
    seconds,
    first,
  };
  const result = await runLoad('closed-loop', task);
  ensureAnswered(result);
  const cpu = before === null ? null : running.process.cpuSeconds() - before;
  return {
    value: result.per_second,
    ...(cpu !== null && {
      cpu_us: (cpu * MILLION) / result.answered,
      // Below about 0.9 the generator or a neighbour was the limit, not the contender.
      cpu_share: cpu / result.seconds,
    }),
  };
};

/**
 * The median time of an answer, in ms, when nobody else asks.
 *
 * @param before is done before every question, untimed
 * @param most questions of a round
 */
export const oneByOne =
  (question, { before, most = Number.POSITIVE_INFINITY } = {}) =>
  async (field, name) => {
    const { client } = await field.running(name);
    const options = await field.requestOptions(name);
    const first = field.numbers();
    const end = performance.now() + field.options.seconds * 1_000;
    const times = [];
    while (times.length < FEWEST || (performance.now() < end && times.length < most)) {
      const n = first + times.length;
      await before?.(client, name, n, options);
      const { ms } = await client.expect(REQUESTS[name][question](n, options));
      times.push(ms);
    }
    return { value: median(times), asked: times.length };
  };
