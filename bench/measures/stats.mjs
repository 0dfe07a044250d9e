// A question that nobody asked before, or not since something was written.
import { REQUESTS } from '../load/requests.mjs';
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

const afterWrite = (question) => (field, name) =>
  oneByOne(name === FLOOR ? 'stats' : question, { before: write, most: MOST })(field, name);

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
