// A question that nobody asked before, or not since something was written.
import { REQUESTS } from '../load/requests.mjs';
import { median } from '../report/ratios.mjs';
import { oneByOne } from './loops.mjs';

const MOST = 200;
const SQL_PEERS = ['better_sqlite3', 'duckdb', 'platformatic'];
const TIMES = { unit: 'ms', better: 'lower', yardstick: 'bare_fastify' };
// The time of a finished answer over the same connection: what asking costs, whatever is asked.
const FLOOR = 'bare_fastify';

/** Writes a claim, so that whatever the service keeps is out of date. */
async function write(client, name, n, options) {
  if (name === 'service') await client.expect(REQUESTS.service.claim(n, options));
}

/** How long the service itself says that it took for its statistics, without the way to the client. */
export function serverTime(log) {
  const lines = log.split('\n').filter((line) => line.includes('"url":"/stats'));
  const times = lines.map((line) => JSON.parse(line).ms);
  return times.length === 0 ? null : median(times);
}

const afterWrite = (question) => async (field, name) => {
  const { process } = await field.running(name);
  const place = process.logLength();
  const asked = name === FLOOR ? 'stats' : question;
  const result = await oneByOne(asked, { before: write, most: MOST })(field, name);
  if (name !== 'service') return result;
  return { ...result, server_ms: serverTime(process.loggedSince(place)) };
};

const contenders = ['service', FLOOR, ...SQL_PEERS];

export const stats = [
  {
    id: 'stats_miss',
    title: 'the first `/stats` after a write',
    ...TIMES,
    contenders,
    round: afterWrite('stats'),
  },
  {
    id: 'stats_filtered_miss',
    title: '`/stats` with `from`, `to`, `munition` after a write',
    ...TIMES,
    contenders,
    round: afterWrite('stats_filtered'),
  },
  {
    id: 'stats_monthly_miss',
    title: 'months by munition after a write',
    ...TIMES,
    contenders,
    round: afterWrite('stats_monthly'),
  },
];
