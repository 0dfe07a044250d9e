// Writes that are on the disk when they are answered.
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { PATHS } from '../contenders/paths.mjs';
import { batchOf } from '../load/bodies.mjs';
import { runLoad } from '../load/run-load.mjs';
import { closedLoop } from './loops.mjs';

const CLIENTS = 10;
const POLLERS = { clients: 50, rate: 4 };
const BATCH = 1_000;
const MILLION = 1_000_000;
const JSON_TYPE = 'application/json';
const NDJSON_TYPE = 'application/x-ndjson';
// The generator connects before it polls.
const CONNECT_MS = 300;

async function floorRound(field, load) {
  const folder = dirname(field.store.place('floor'));
  const { seconds } = field.options;
  const { per_second, cpu_us } = await runLoad(load, { folder, seconds });
  return { value: per_second, ...(cpu_us !== undefined && { cpu_us }) };
}

const postRound = (field, name) =>
  name === 'disk_floor'
    ? floorRound(field, 'disk-floor')
    : closedLoop('claim', CLIENTS)(field, name);

const bodyOf = (type, items) =>
  type === NDJSON_TYPE
    ? items.map((item) => `${JSON.stringify(item)}\n`).join('')
    : JSON.stringify(items);

async function postBatches({ client, key }, field, type) {
  const headers = { 'content-type': type, authorization: `Bearer ${key}` };
  const end = performance.now() + field.options.seconds * 1_000;
  const sent = field.memo.get('batches') ?? 0;
  let count = 0;
  let ms = 0;
  while (performance.now() < end) {
    const body = bodyOf(type, batchOf(sent + count));
    const answer = await client.expect({ method: 'POST', path: PATHS.batch(), headers, body });
    ms += answer.ms;
    count += 1;
  }
  field.memo.set('batches', sent + count);
  const posted = count * BATCH;
  return { posted, per_second: (posted * 1_000) / ms };
}

/** Claims per second of batches, and how long polls take meanwhile. */
const batchRound = (type) => async (field, name) => {
  if (name === 'raw_insert') return floorRound(field, 'raw-insert');
  const running = await field.running('service');
  const { seconds } = field.options;
  const task = { port: running.port, ...POLLERS, seconds, path: PATHS.stats() };
  const polling = runLoad('open-loop', task);
  await pause(CONNECT_MS);
  const before = running.process.cpuSeconds();
  const { posted, per_second: value } = await postBatches(running, field, type);
  const { polls } = await polling;
  const cpu = before === null ? null : running.process.cpuSeconds() - before;
  return {
    value,
    ...(cpu !== null && { cpu_us: (cpu * MILLION) / posted }),
    poll_p99_ms: polls.p99_ms,
    poll_errors: polls.errors,
  };
};

const CLAIMS = { unit: 'claims/s', better: 'higher', yardstick: 'raw_insert' };

export const writes = [
  {
    id: 'post',
    title: `one claim a request, durable, ${CLIENTS} clients`,
    unit: 'claims/s',
    better: 'higher',
    // Not the floor: disks differ by more than what a regression costs, and from one minute to the next.
    yardstick: 'better_sqlite3',
    contenders: ['service', 'disk_floor', 'better_sqlite3', 'platformatic', 'soul', 'json_server'],
    round: postRound,
  },
];

export const batches = [
  {
    id: 'batch_json',
    title: 'batches of 1,000 as JSON, `/stats` polled meanwhile',
    ...CLAIMS,
    contenders: ['service', 'raw_insert'],
    round: batchRound(JSON_TYPE),
  },
  {
    id: 'batch_ndjson',
    title: 'batches of 1,000 as NDJSON, `/stats` polled meanwhile',
    ...CLAIMS,
    contenders: ['service', 'raw_insert'],
    round: batchRound(NDJSON_TYPE),
  },
];
