// What it takes to be there: time until the first answer, and memory.
import { closedLoop } from './loops.mjs';

const MIB = 1_048_576;
const CONNECTIONS = 8;
const EVERYBODY = [
  'service',
  'bare_fastify',
  'better_sqlite3',
  'duckdb',
  'platformatic',
  'soul',
  'json_server',
];
// What each is asked while its memory grows.
const QUESTION = { soul: 'page', json_server: 'page' };

async function memoryRound(field, name) {
  await closedLoop(QUESTION[name] ?? 'stats', CONNECTIONS)(field, name);
  const { process } = await field.running(name);
  const { now, most } = process.memory();
  if (now === null) throw new Error('the system does not tell');
  return { value: now / MIB, most_mib: most / MIB };
}

export const start = [
  {
    id: 'start',
    title: 'start to first answer',
    unit: 'ms',
    better: 'lower',
    yardstick: null,
    contenders: EVERYBODY.filter((name) => name !== 'duckdb'),
    round: async (field, name) => ({ value: await field.restart(name) }),
  },
];

export const memory = [
  {
    id: 'memory',
    title: 'resident memory under load',
    unit: 'MiB',
    better: 'lower',
    yardstick: null,
    contenders: EVERYBODY,
    round: memoryRound,
  },
];
