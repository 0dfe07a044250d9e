// Lists: a page of 50 claims that nobody asked for before.
import { PATHS } from '../contenders/paths.mjs';
import { SIZES } from '../data/cells.mjs';
import { median } from '../report/ratios.mjs';
import { closedLoop } from './loops.mjs';

const CONNECTIONS = 4;
const PAGE = 50;
const STRIDE = 500;
const MOST = 100;
const WALK = '/claims?from=1901-01-01';

/** The cursor of a page in the middle: there is no way there but to walk. */
async function walkToMiddle(client, size) {
  let cursor = null;
  for (let seen = 0; seen < SIZES[size] / 2; seen += STRIDE) {
    const after = cursor === null ? '' : `&cursor=${cursor}`;
    const answer = await client.expect({ method: 'GET', path: `${WALK}&limit=${STRIDE}${after}` });
    cursor = JSON.parse(answer.text()).page.next_cursor;
  }
  return cursor;
}

/** Follows a walk of the service from its middle; a page is never asked for twice. */
async function walkOn(field, client) {
  const cursor = field.memo.get('middle') ?? (await walkToMiddle(client, field.size));
  const answer = await client.expect({
    method: 'GET',
    path: `${WALK}&limit=${PAGE}&cursor=${cursor}`,
  });
  field.memo.set('middle', JSON.parse(answer.text()).page.next_cursor);
  return answer.ms;
}

/** Where the others count from. */
const pathAt = (name, row) =>
  ({
    better_sqlite3: `/claims?after=${row}`,
    platformatic: `/claims/?limit=${PAGE}&offset=${row}`,
    soul: `/api/tables/claims/rows?_limit=${PAGE}&_page=${1 + Math.floor(row / PAGE)}`,
    json_server: `/claims?_limit=${PAGE}&_page=${1 + Math.floor(row / PAGE)}`,
  })[name];

async function middleRound(field, name) {
  const { client } = await field.running(name);
  const middle = SIZES[field.size] / 2;
  // The rest of the walk has to last for all rounds.
  const pages = Math.min(MOST, Math.floor(middle / PAGE / (field.options.rounds + 1)));
  const end = performance.now() + field.options.seconds * 1_000;
  const times = [];
  while (times.length === 0 || (times.length < pages && performance.now() < end)) {
    const row = middle + times.length * PAGE;
    const ask = async () => (await client.expect({ method: 'GET', path: pathAt(name, row) })).ms;
    times.push(name === 'service' ? await walkOn(field, client) : await ask());
  }
  return { value: median(times), asked: times.length };
}

/** So many pages one after the other, each of another path. */
async function oneByOne(client, pathOf) {
  const times = [];
  for (let index = 0; index < MOST; index += 1) {
    times.push((await client.expect({ method: 'GET', path: pathOf(index) })).ms);
  }
  return { value: median(times), asked: times.length };
}

async function firstRound(field, name) {
  const { client } = await field.running(name);
  const first = field.numbers();
  return oneByOne(client, (index) =>
    name === 'service' ? PATHS.page(first + index) : pathAt(name, 0),
  );
}

/** The first page of lists that end with another night each: like those in the middle, their claims were on no page lately. */
async function newRound(field, name) {
  const { client } = await field.running(name);
  const first = field.memo.get('nights') ?? 0;
  field.memo.set('nights', first + MOST);
  return oneByOne(client, (index) => PATHS.page_until(first + index));
}

const contenders = ['service', 'better_sqlite3', 'platformatic', 'soul', 'json_server'];
const TIMES = { unit: 'ms', better: 'lower', yardstick: null };

export const pages = [
  {
    id: 'page',
    title: 'a page of 50 claims, never asked before',
    unit: 'pages/s',
    better: 'higher',
    yardstick: 'bare_fastify',
    contenders: ['service', 'bare_fastify', ...contenders.slice(1)],
    round: (field, name) =>
      closedLoop(name === 'bare_fastify' ? 'stats' : 'page', CONNECTIONS)(field, name),
  },
  { id: 'page_first', title: 'the first page', ...TIMES, contenders, round: firstRound },
  {
    id: 'page_first_new',
    title: 'the first page, of claims that were on none lately',
    ...TIMES,
    contenders: ['service'],
    round: newRound,
  },
  { id: 'page_middle', title: 'the page in the middle', ...TIMES, contenders, round: middleRound },
];
