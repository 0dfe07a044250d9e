// Figures as Markdown, for docs/performance.md and for the terminal.
import { titleOf } from '../contenders/registry.mjs';
import { SIZES } from '../data/cells.mjs';

const DIGITS = 3;

/** A number with three significant digits and no exponent. */
export function rounded(number) {
  if (!Number.isFinite(number)) return '–';
  const plain = Math.abs(number) >= 10 ** DIGITS ? Math.round(number) : number.toPrecision(DIGITS);
  return Number(plain).toLocaleString('en', { maximumSignificantDigits: 15 });
}

const spreadOf = ({ median, low, high }) => `${rounded(median)} (${rounded(low)}–${rounded(high)})`;
const rowOf = (cells) => `| ${cells.join(' | ')} |`;

/** What else was seen of the service at a size, as `server_ms`: what it logged itself. */
function besidesLine({ size, besides }) {
  const seen = Object.entries(besides).map(([name, value]) => `\`${name}\` ${spreadOf(value)}`);
  return seen.length === 0 ? [] : ['', `The service besides, ${size}: ${seen.join(', ')}.`];
}

/** What an answer cost each contender in processor time, where the system tells: no generator and no neighbour in it. */
function processorLine({ size, cpu_figures, cpu_ratios }) {
  if (cpu_figures === undefined) return [];
  const costs = Object.entries(cpu_figures).map(([name, { median }]) => {
    const beside = cpu_ratios[name] ? ` (ratio ${rounded(cpu_ratios[name].median)})` : '';
    return `${titleOf(name)} ${rounded(median)}${beside}`;
  });
  return ['', `Processor time of an answer in µs, ${size}: ${costs.join('; ')}.`];
}

/** One measurement, one row per contender. @param bySize the same measurement at several sizes */
export function tableOf(bySize) {
  const [first] = bySize;
  const names = [
    ...new Set(
      bySize.flatMap(({ figures, unavailable }) => Object.keys({ ...figures, ...unavailable })),
    ),
  ];
  const head = [
    'contender',
    ...bySize.map(({ size }) => size),
    ...bySize.map(({ size }) => `ratio, ${size}`),
  ];
  const lines = names.map((name) => [
    titleOf(name),
    ...bySize.map(({ figures }) => (figures[name] ? spreadOf(figures[name]) : '–')),
    ...bySize.map(({ ratios }) =>
      ratios[name] ? spreadOf(ratios[name]) : name === 'service' ? '1' : '–',
    ),
  ]);
  return [
    `### ${first.title}`,
    '',
    `In ${first.unit}, ${first.better} is better. Ratio: how many times as good the service is. Medians with lowest and highest round.`,
    '',
    rowOf(head),
    rowOf(head.map((_, index) => (index === 0 ? '---' : '--:'))),
    ...lines.map(rowOf),
    ...bySize.flatMap(processorLine),
    ...bySize.flatMap(besidesLine),
  ].join('\n');
}

const ORDER = Object.keys(SIZES);

/** Measurements of several sizes, grouped by what was measured, the smallest size first. */
export function grouped(measurements) {
  const ids = [...new Set(measurements.map(({ id }) => id))];
  const bySize = (a, b) => ORDER.indexOf(a.size) - ORDER.indexOf(b.size);
  return ids.map((id) => measurements.filter((one) => one.id === id).toSorted(bySize));
}

/** Everything in one text. */
export const tablesOf = ({ measurements }) => grouped(measurements).map(tableOf).join('\n\n');
