import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
// @ts-expect-error The benchmark is plain JavaScript, as scripts are.
import { regressionLine, regressions } from '../../bench/report/committed.mjs';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const SHORT = join(ROOT, 'bench/results/short.json');

const figure = (best: number, other = best) => ({
  median: (best + other) / 2,
  low: Math.min(best, other),
  high: Math.max(best, other),
});
const measurement = (service: number | null, more: object = {}) => ({
  id: 'poll_hit',
  size: '5k',
  better: 'higher',
  yardstick: 'bare_fastify',
  figures: { ...(service !== null && { service: figure(service) }), bare_fastify: figure(1) },
  ...more,
});

describe('the committed figures', () => {
  it('stand in the document and the chart', () => {
    const check = ['run', '--silent', 'bench:report', '--', '--check'];
    const { status, stderr } = spawnSync('npm', check, { cwd: ROOT, encoding: 'utf8' });
    expect([status, stderr.includes('does not show')]).toEqual([0, false]);
  });
});

describe('the comparison with the committed figures', () => {
  it('lets a ratio fall by a third, and no further', () => {
    expect(regressions([measurement(0.9)], [measurement(0.601)])).toEqual([]);
    const [found] = regressions([measurement(0.9)], [measurement(0.599)]);
    expect(found).toEqual({
      id: 'poll_hit',
      name: 'poll_hit (5k)',
      yardstick: 'bare_fastify',
      was: 0.9,
      is: 0.599,
    });
    expect(regressionLine(found)).toBe('poll_hit (5k): is 0.599, committed 0.900 of bare_fastify');
  });

  it('has nothing against a better one', () => {
    expect(regressions([measurement(0.2)], [measurement(0.9)])).toEqual([]);
  });

  it('takes a longer time for a worse figure', () => {
    const time = (ms: number) =>
      measurement(null, {
        better: 'lower',
        figures: { service: figure(ms), bare_fastify: figure(1) },
      });
    expect(regressions([time(10)], [time(14)])).toEqual([]);
    expect(regressions([time(10)], [time(16)])).toHaveLength(1);
    expect(regressions([time(10)], [time(1)])).toEqual([]);
  });

  it('compares the best rounds: neighbours only ever slow one down', () => {
    const disturbed = { figures: { service: figure(0.9, 0.01), bare_fastify: figure(1, 0.5) } };
    expect(regressions([measurement(0.9)], [measurement(0, disturbed)])).toEqual([]);
  });

  it('compares the processor time of an answer where it was measured', () => {
    const cpu = (us: number) => ({
      cpu_figures: { service: figure(us), bare_fastify: figure(10) },
    });
    const before = measurement(0.9, cpu(12));
    expect(regressions([before], [measurement(0.2, cpu(13))])).toEqual([]);
    expect(regressions([before], [measurement(0.9, cpu(24))])).toHaveLength(1);
  });

  it('fails if a committed ratio was not measured', () => {
    const [gone] = regressions([measurement(0.9)], []);
    expect(regressionLine(gone)).toContain('was not measured');
    expect(regressions([measurement(0.9)], [measurement(null)])).toHaveLength(1);
    expect(regressions([measurement(0.9)], [measurement(0.9, { size: '1m' })])).toHaveLength(1);
  });

  it('compares nothing that has no yardstick', () => {
    expect(regressions([measurement(0.9, { yardstick: null })], [])).toEqual([]);
  });
});

describe('the check that CI runs', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'bench-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  /** Holds figures against the committed ones as CI does after it has measured. */
  function compared(figures: object) {
    const file = join(folder, 'figures.json');
    writeFileSync(file, JSON.stringify(figures));
    return spawnSync(process.execPath, [join(ROOT, 'bench/compare.mjs'), file], {
      encoding: 'utf8',
    });
  }
  const committed = () => JSON.parse(readFileSync(SHORT, 'utf8'));

  it('passes the committed figures themselves', () => {
    const { status, stdout } = compared(committed());
    expect(stdout).toContain('No ratio fell by more than a third');
    expect(status).toBe(0);
  });

  it('fails figures in which one ratio is halved, and names it', () => {
    const figures = committed();
    const [first] = figures.measurements.filter(
      ({ yardstick }: { yardstick: string | null }) => yardstick !== null,
    );
    for (const value of ['low', 'high']) {
      first.figures.service[value] /= 2;
      if (first.cpu_figures) first.cpu_figures.service[value] *= 2;
    }
    const { status, stderr } = compared(figures);
    expect(stderr).toContain(`slower: ${first.id} (5k)`);
    expect(status).toBe(1);
  });
});
