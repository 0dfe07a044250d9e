import { describe, expect, it } from 'vitest';
// @ts-expect-error The benchmark is plain JavaScript, as scripts are.
import { bodyLength } from '../../bench/load/keep-alive-client.mjs';
// @ts-expect-error The benchmark is plain JavaScript, as scripts are.
import { serverTime } from '../../bench/measures/stats.mjs';
// @ts-expect-error The benchmark is plain JavaScript, as scripts are.
import { readOptions } from '../../bench/options.mjs';
// @ts-expect-error The benchmark is plain JavaScript, as scripts are.
import { barLength, chartOf } from '../../bench/report/chart.mjs';
// @ts-expect-error The benchmark is plain JavaScript, as scripts are.
import { withGenerated } from '../../bench/report/document.mjs';
// @ts-expect-error The benchmark is plain JavaScript, as scripts are.
import { growthOf } from '../../bench/report/growth.mjs';
// @ts-expect-error The benchmark is plain JavaScript, as scripts are.
import { replaced, runsOf } from '../../bench/report/runs.mjs';
// @ts-expect-error The benchmark is plain JavaScript, as scripts are.
import { rounded, tablesOf } from '../../bench/report/table.mjs';

const run = { at: '2026-11-22T00:00:00.000Z', commit: 'abc', rounds: 5, seconds: 3 };
const exactly = (value: number) => ({ median: value, low: value, high: value });
const measurement = (size: string, service: number) => ({
  id: 'stats_miss',
  title: 'the first `/stats` <after> a write',
  size,
  unit: 'ms',
  better: 'lower',
  yardstick: 'bare_fastify',
  figures: { service: exactly(service), duckdb: exactly(40) },
  ratios: { duckdb: exactly(40 / service) },
  cpu_figures: { service: exactly(90), bare_fastify: exactly(45) },
  cpu_ratios: { bare_fastify: exactly(0.5) },
  besides: { server_ms: exactly(service / 2) },
  unavailable: { soul: 'ended with 1' },
  run,
});
const results = {
  machine: { cpu: 'A & B', cores: 2, memory_gib: 24, system: 'Linux' },
  versions: { node: 'v20.20.2' },
  settings: { service: { LOG_LEVEL: 'info' }, node_http: {} },
  measurements: [measurement('5k', 1), measurement('1m', 2)],
};

describe('the tables', () => {
  it('write three significant digits, and whole numbers from a thousand on', () => {
    const numbers = [0.012_345, 1.236, 87.65, 999.4, 12_345.6, Number.NaN];
    expect(numbers.map(rounded)).toEqual(['0.0123', '1.24', '87.7', '999', '12,346', '–']);
  });

  it('give every contender at every size, and a dash to who was not measured', () => {
    const text = tablesOf(results);
    expect(text).toContain('| contender | 5k | 1m | ratio, 5k | ratio, 1m |');
    expect(text).toContain('| barrage-stats | 1 (1–1) | 2 (2–2) | 1 | 1 |');
    expect(text).toContain(
      '| DuckDB behind Fastify | 40 (40–40) | 40 (40–40) | 40 (40–40) | 20 (20–20) |',
    );
    expect(text).toContain('| Soul | – | – | – | – |');
    expect(text).toContain(
      'Processor time of an answer in µs, 5k: barrage-stats 90; bare Fastify, same bytes 45 (ratio 0.5).',
    );
    expect(text).toContain('The service besides, 1m: `server_ms` 1 (1–1).');
  });

  it('tell how a cost grows from the smallest size on', () => {
    const [growth] = growthOf(results.measurements);
    expect(growth).toMatchObject({ sizes: ['5k', '1m'], values: [1, 2], factors: [1, 2] });
    expect(growthOf(results.measurements.toReversed())).toEqual([growth]);
    expect(growthOf([measurement('5k', 1)])).toEqual([]);
  });
});

describe('the chart', () => {
  it('draws a bar for every contender of the largest size, the service in its own colour', () => {
    const svg = chartOf(results);
    expect(svg.match(/<rect x=/g)).toHaveLength(2);
    expect(svg.match(/fill="#0b6e4f"/g)).toHaveLength(1);
    expect(svg).toContain('(1m claims; ms, shorter is better)');
  });

  it('is well-formed whatever a title holds', () => {
    const svg = chartOf(results);
    expect(svg).toContain('A &amp; B');
    expect(svg).toContain('the first /stats &lt;after&gt; a write');
    expect(svg).not.toMatch(/&(?!amp;|lt;|gt;)/);
  });

  it('draws ten times as much as one decade longer', () => {
    const values = [1, 10, 100];
    const [one, ten, hundred] = values.map((value) => barLength(value, values, 300));
    expect(ten - one).toBeCloseTo(hundred - ten);
    expect(hundred).toBe(300);
    expect(one).toBeGreaterThan(0);
  });
});

describe('docs/performance.md', () => {
  const document =
    '# A\n<!-- generated: npm run bench:report -->\nold\n<!-- end of generated -->\nB\n';

  it('keeps what was written by hand, and makes the rest anew', () => {
    const made = withGenerated(document, results);
    expect(made.startsWith('# A\n')).toBe(true);
    expect(made.endsWith('<!-- end of generated -->\nB\n')).toBe(true);
    expect(made).not.toContain('old');
    expect(made).toContain('- 2026-11-22, commit `abc`, 5k, 1m: 5 interleaved rounds of 3 s.');
    expect(made).toContain('- barrage-stats: LOG_LEVEL info');
    expect(made).toContain('- Soul, the first `/stats` <after> a write, 5k: ended with 1');
    expect(withGenerated(made, results)).toBe(made);
  });

  it('is not written without its marks', () => {
    expect(() => withGenerated('# A', results)).toThrow('the document lacks');
  });
});

describe('figures of several runs', () => {
  const later = { ...measurement('5k', 3), run: { ...run, at: '2026-11-23T00:00:00.000Z' } };

  it('stand where the earlier ones of the same question and size stood', () => {
    const all = replaced(results.measurements, [later, measurement('5m', 9)]);
    const values = all.map((one: typeof later) => [one.size, one.figures.service.median]);
    expect(values).toEqual([
      ['5k', 3],
      ['1m', 2],
      ['5m', 9],
    ]);
  });

  it('are told run by run', () => {
    const runs = runsOf([later, measurement('1m', 2)]);
    expect(runs.map(({ at, sizes }: { at: string; sizes: string[] }) => [at, sizes])).toEqual([
      ['2026-11-22T00:00:00.000Z', ['1m']],
      ['2026-11-23T00:00:00.000Z', ['5k']],
    ]);
  });
});

describe('the options', () => {
  it('measure everything unless told otherwise', () => {
    const options = readOptions([]);
    expect(options.sizes).toEqual(['5k', '100k', '1m']);
    expect(options.only).toEqual(expect.arrayContaining(['poll', 'crowd', 'batches']));
    expect(options).toMatchObject({ peers: true, short: false, compare: false });
  });

  it('install nothing in the short form, and compare it', () => {
    const options = readOptions(['--short']);
    expect(options).toMatchObject({ sizes: ['5k'], peers: false, compare: true });
    expect(options.only).not.toContain('crowd');
  });

  it('do not compare a part, nor what is to be committed', () => {
    expect(readOptions(['--short', '--only', 'poll']).compare).toBe(false);
    expect(readOptions(['--short', '--commit']).compare).toBe(false);
  });

  it('are refused when they name what is not there', () => {
    expect(() => readOptions(['--sizes', '7k'])).toThrow('unknown sizes: 7k');
    expect(() => readOptions(['--only', 'poll,nothing'])).toThrow('unknown measurements: nothing');
    expect(() => readOptions(['--rounds', '0'])).toThrow('--rounds must be a positive number');
    expect(() => readOptions(['--nonsense'])).toThrow();
  });
});

describe('the client of the open loop', () => {
  it('knows where an answer ends', () => {
    expect(bodyLength('HTTP/1.1 200 OK\r\nContent-Length: 12')).toBe(12);
    expect(bodyLength('HTTP/1.1 304 Not Modified\r\ncontent-length: 12')).toBe(0);
    expect(() => bodyLength('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked')).toThrow(
      'an answer without content-length',
    );
  });
});

describe("the service's own word for how long it took", () => {
  it('is the median of its log lines for statistics', () => {
    const line = (url: string, ms: number) =>
      JSON.stringify({ level: 30, method: 'GET', url, status: 200, ms });
    const log = [line('/stats', 3), line('/stats?from=2024-01-01', 1), line('/claims', 90), ''];
    expect(serverTime(log.join('\n'))).toBe(2);
    expect(serverTime('barrage-stats listens on http://127.0.0.1')).toBeNull();
  });
});
