import { parseArgs } from 'node:util';
import { SIZES } from './data/cells.mjs';
import { MEASURES } from './measures/registry.mjs';

export const USAGE = `Usage: npm run bench -- [options]
  --sizes 5k,100k,1m     how many claims (${Object.keys(SIZES).join(', ')})
  --only poll,stats,…    which measurements (${Object.keys(MEASURES).join(', ')})
  --rounds 5             interleaved rounds of each
  --seconds 3            how long a contender is asked in a round
  --crowd-seconds 60     how long the crowd of dashboards polls
  --no-peers             without what has to be installed
  --out FILE             where the figures go (default .cache/bench-results.json)
  --short                5 k, no peers, a minute: compared with bench/results/short.json, exit code 1 if a ratio fell
  --commit               write the figures to bench/results/ instead
  --add                  keep the figures that are there already of whatever is not measured now`;

const SHORT = { sizes: '5k', rounds: '3', seconds: '0.5', 'crowd-seconds': '5' };
const FULL = { sizes: '5k,100k,1m', rounds: '5', seconds: '3', 'crowd-seconds': '60' };
const OPTIONS = {
  sizes: { type: 'string' },
  only: { type: 'string' },
  rounds: { type: 'string' },
  seconds: { type: 'string' },
  'crowd-seconds': { type: 'string' },
  'no-peers': { type: 'boolean', default: false },
  out: { type: 'string' },
  short: { type: 'boolean', default: false },
  commit: { type: 'boolean', default: false },
  add: { type: 'boolean', default: false },
};

function listOf(text, known, what) {
  const names = text.split(',');
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length > 0) throw new Error(`unknown ${what}: ${unknown}; known are ${known}`);
  return names;
}

function positive(text, name) {
  const number = Number(text);
  if (!(number > 0)) throw new Error(`--${name} must be a positive number`);
  return number;
}

/** What is asked on the command line. @throws Error that names what is wrong */
export function readOptions(args) {
  const { values } = parseArgs({ args, options: OPTIONS });
  const given = { ...(values.short ? SHORT : FULL), ...values };
  const measures = Object.keys(MEASURES).filter((name) => !values.short || MEASURES[name].short);
  return {
    sizes: listOf(given.sizes, Object.keys(SIZES), 'sizes'),
    only:
      given.only === undefined
        ? measures
        : listOf(given.only, Object.keys(MEASURES), 'measurements'),
    rounds: positive(given.rounds, 'rounds'),
    seconds: positive(given.seconds, 'seconds'),
    crowd_seconds: positive(given['crowd-seconds'], 'crowd-seconds'),
    peers: !given['no-peers'] && !given.short,
    short: given.short,
    compare: given.short && given.only === undefined && !given.commit,
    commit: given.commit,
    add: given.add,
    out: given.out,
  };
}
