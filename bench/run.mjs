// npm run bench [-- options]: sets up what is missing, measures, prints and writes. --help tells the options.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ensureBuilt, ensureInstalled, ROOT } from '../scripts/setup.mjs';

ensureInstalled();
ensureBuilt();
// Only now: these read what was just built.
const { CONTENDERS } = await import('./contenders/registry.mjs');
const { Field } = await import('./contenders/field.mjs');
const { installPeers } = await import('./contenders/peers.mjs');
const { DataStore } = await import('./data/store.mjs');
const { measure } = await import('./measures/interleave.mjs');
const { MEASURES } = await import('./measures/registry.mjs');
const { readOptions, USAGE } = await import('./options.mjs');
const { machineNow } = await import('./report/machine.mjs');
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
function definitionsOf({ only, short }) {
  const all = only.flatMap((group) => MEASURES[group].measures);
  if (!short) return all;
  return all
    .filter(({ yardstick }) => yardstick !== null)
    .map((definition) => ({ ...definition, contenders: ['service', definition.yardstick] }));
}

async function measureSize(store, size, options) {
  const field = new Field(store, size, options);
  const measurements = [];
  try {
    for (const definition of definitionsOf(options)) {
      measurements.push(await measure(definition, field, tell(size, definition)));
    }
  } finally {
    await field.stop();
  }
  return measurements;
}

async function measureAll(options) {
  const store = new DataStore();
  const measurements = [];
  try {
    for (const size of options.sizes) {
      measurements.push(...(await measureSize(store, size, options)));
    }
  } finally {
    store.clear();
  }
  const settings = Object.entries(CONTENDERS).map(([name, { settings: own }]) => [name, own ?? {}]);
  return {
    at: new Date().toISOString(),
    ...machineNow(),
    options,
    settings: Object.fromEntries(settings),
    measurements,
  };
}

function placeOf({ short, commit, out }) {
  if (out !== undefined) return out;
  const name = short ? 'short.json' : 'results.json';
  return commit ? join(COMMITTED, name) : join(ROOT, '.cache/bench-results.json');
}

if (process.argv.includes('--help')) {
  process.stdout.write(`${USAGE}\n`);
} else {
  const options = readOptions(process.argv.slice(2));
  if (options.peers) installPeers(ROOT);
  const results = await measureAll(options);
  const place = placeOf(options);
  mkdirSync(dirname(place), { recursive: true });
  writeFileSync(place, `${JSON.stringify(results, null, 1)}\n`);
  process.stdout.write(`${tablesOf(results)}\n\nwritten to ${place}\n`);
  // Whoever measures only a part compares by eye.
  if (options.compare) {
    process.argv[2] = place;
    await import('./compare.mjs');
  }
}
