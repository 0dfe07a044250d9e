// npm run bench [-- options]: sets up what is missing, measures, prints and writes. --help tells the options.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ensureBuilt, ensureInstalled, ROOT } from '../scripts/setup.mjs';

ensureInstalled();
ensureBuilt();
// Data are made by modules of the service as they are written.
const { register } = await import('tsx/esm/api');
register();
const { CONTENDERS } = await import('./contenders/registry.mjs');
const { Field } = await import('./contenders/field.mjs');
const { installPeers } = await import('./contenders/peers.mjs');
const { DataStore } = await import('./data/store.mjs');
const { measure } = await import('./measures/interleave.mjs');
const { MEASURES } = await import('./measures/registry.mjs');
const { readOptions, USAGE } = await import('./options.mjs');
const { checkAgainstCommitted, fallen } = await import('./report/check.mjs');
const { machineNow } = await import('./report/machine.mjs');
const { replaced, runOf } = await import('./report/runs.mjs');
const { rounded, tablesOf } = await import('./report/table.mjs');

const COMMITTED = join(ROOT, 'bench/results');

function tell(size, { id, unit }) {
  return (name, { value, reason, cpu_share }) => {
    const share = cpu_share === undefined ? '' : `, ${rounded(cpu_share * 100)} % of a core`;
    const said = reason ?? `${rounded(value)} ${unit}${share}`;
    process.stderr.write(`${size} ${id} ${name}: ${said}\n`);
  };
}

/** The short form measures what is compared, and what it is compared with. */
function definitionsOf({ only, short, ids, sizes }, size) {
  const all = only
    .flatMap((group) => MEASURES[group].measures)
    .filter(({ id }) => ids === undefined || ids.includes(id))
    .filter(({ at_largest }) => !at_largest || size === sizes.at(-1));
  if (!short) return all;
  return all
    .filter(({ yardstick }) => yardstick !== null)
    .map((definition) => ({ ...definition, contenders: ['service', definition.yardstick] }));
}

async function measureSize(store, size, options, add) {
  const field = new Field(store, size, options);
  try {
    for (const definition of definitionsOf(options, size)) {
      add(await measure(definition, field, tell(size, definition)));
    }
  } finally {
    await field.stop();
  }
}

/**
 * @param save is given the figures after every measurement: what is measured is not lost if a later one fails
 * @param earlier measurements that stay unless they are made again
 */
async function measureAll(options, save, earlier = []) {
  const store = new DataStore();
  process.once('exit', () => store.clear());
  const settings = Object.entries(CONTENDERS).map(([name, { settings: own }]) => [name, own ?? {}]);
  const { commit, ...where } = machineNow();
  const run = runOf(commit, options);
  const results = { ...where, settings: Object.fromEntries(settings), measurements: earlier };
  for (const size of options.sizes) {
    await measureSize(store, size, options, (measurement) => {
      results.measurements = replaced(results.measurements, [{ ...measurement, run }]);
      save(results);
    });
  }
  return results;
}

const LOOKS = 2;

/** What fell is measured again, twice at most: a neighbour disturbs one run, what became slow is slow in all. */
async function lookAgain(results, options, save, looks = LOOKS) {
  const ids = fallen(results.measurements);
  if (ids.length === 0 || looks === 0) return;
  process.stderr.write(`bench: again: ${ids.join(', ')}\n`);
  const { measurements } = await measureAll({ ...options, ids }, () => {});
  results.measurements = replaced(results.measurements, measurements);
  save(results);
  await lookAgain(results, options, save, looks - 1);
}

function placeOf({ short, commit, out }) {
  if (out !== undefined) return out;
  const name = short ? 'short.json' : 'results.json';
  return commit ? join(COMMITTED, name) : join(ROOT, '.cache/bench-results.json');
}

// Ended from outside, it still cleans up.
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(130));

if (process.argv.includes('--help')) {
  process.stdout.write(`${USAGE}\n`);
} else {
  const options = readOptions(process.argv.slice(2));
  if (options.peers) installPeers(ROOT);
  const place = placeOf(options);
  mkdirSync(dirname(place), { recursive: true });
  const save = (sofar) => writeFileSync(place, `${JSON.stringify(sofar, null, 1)}\n`);
  const kept = options.add && existsSync(place) ? JSON.parse(readFileSync(place, 'utf8')) : null;
  const results = await measureAll(options, save, kept?.measurements);
  if (options.compare) await lookAgain(results, options, save);
  process.stdout.write(`${tablesOf(results)}\n\nwritten to ${place}\n`);
  // Whoever measures only a part compares by eye.
  if (options.compare) checkAgainstCommitted(place);
}
