// A thousand dashboards: an open loop, because a closed one waits with the slow contender and hides how late it is.
import { PATHS } from '../contenders/paths.mjs';
import { runLoad } from '../load/run-load.mjs';

const CROWD = { clients: 1_000, rate: 4 };
const WRITES = { clients: 4, per_second: 20 };
const MIB = 1_048_576;

const crowdRound = (withWrites) => async (field, name) => {
  const { port, process, key } = await field.running(name);
  const before = process.memory().now;
  const task = { port, ...CROWD, seconds: field.options.crowd_seconds, path: PATHS.stats() };
  if (withWrites && name === 'service') task.writes = { ...WRITES, key, first: field.numbers() };
  const { polls, writes } = await runLoad('open-loop', task);
  const failed = polls.errors + polls.unanswered + Object.keys(polls.refused).length;
  return {
    value: polls.p99_ms,
    polls,
    writes,
    failed,
    grown_mib: before === null ? null : (process.memory().now - before) / MIB,
  };
};

// Minutes a round, and most of it is hits, which do not know how many claims there are.
const TIMES = { unit: 'ms', better: 'lower', yardstick: null, most_rounds: 3, at_largest: true };
const contenders = ['service', 'bare_fastify'];

export const crowd = [
  {
    id: 'crowd',
    title: 'p99 of 1,000 clients that poll four times a second',
    ...TIMES,
    contenders,
    round: crowdRound(false),
  },
  {
    id: 'crowd_with_writes',
    title: 'the same beside 20 writes a second',
    ...TIMES,
    contenders,
    round: crowdRound(true),
  },
];
