import { describe, expect, it } from 'vitest';
import {
  breaksBetween,
  comparableStretches,
  eraAt,
  erasOf,
  type ReportingEra,
  reportingEraSchema,
} from '../../src/domain/era.js';

const era = (
  code: string,
  from_night: string | null,
  to_night: string | null,
  more: Partial<ReportingEra> = {},
): ReportingEra => ({
  id: `era-${code.toLowerCase()}`,
  party: 'XXB',
  source: null,
  code,
  from_night,
  to_night,
  meaning: `Era ${code}.`,
  breaks: ['interception'],
  intercepted_includes_suppressed_for: [],
  ...more,
});

const PARTY = [
  era('C', '2024-05-01', null),
  era('A', null, '2023-08-31'),
  era('B', '2023-09-01', '2024-04-30'),
];
const OWN = era('K', '2024-01-01', null, { source: 'xxb-coast', party: null });
const ALL = [...PARTY, OWN, era('Z', null, null, { party: 'XXA' })];
const codes = (eras: readonly ReportingEra[]) => eras.map(({ code }) => code);

describe('erasOf', () => {
  it('gives the eras of the party by first night, the open beginning first', () => {
    expect(codes(erasOf({ source: 'xxb-staff', party: 'XXB' }, ALL))).toEqual(['A', 'B', 'C']);
    expect(codes(erasOf({ source: 'xxb-staff', party: 'XXB' }, ALL.toReversed()))).toEqual([
      'A',
      'B',
      'C',
    ]);
  });

  it('gives the eras of the source itself where it has any', () => {
    expect(codes(erasOf({ source: 'xxb-coast', party: 'XXB' }, ALL))).toEqual(['K']);
  });

  it('gives none to a source without a party, and none to a party without eras', () => {
    expect(erasOf({ source: 'wire', party: null }, ALL)).toEqual([]);
    expect(erasOf({ source: 'wire', party: 'XXC' }, ALL)).toEqual([]);
  });
});

describe('eraAt', () => {
  const eras = erasOf({ source: 'xxb-staff', party: 'XXB' }, ALL);
  it.each([
    ['1999-01-01', 'A'],
    ['2023-08-31', 'A'],
    ['2023-09-01', 'B'],
    ['2024-04-30', 'B'],
    ['2024-05-01', 'C'],
    ['2099-01-01', 'C'],
  ])('puts the night %s into era %s', (night, code) => {
    expect(eraAt(eras, night)?.code).toBe(code);
  });

  it('knows no era before the first or in a gap', () => {
    expect(eraAt([OWN], '2023-12-31')).toBeNull();
    const gap = [era('A', null, '2023-08-31'), era('C', '2024-05-01', null)];
    expect(eraAt(gap, '2024-01-01')).toBeNull();
    expect(eraAt([], '2024-01-01')).toBeNull();
  });
});

describe('breaksBetween', () => {
  const eras = erasOf({ source: 'xxb-staff', party: 'XXB' }, ALL);
  const nights = (first: string, last: string) =>
    breaksBetween(eras, first, last).map(({ night }) => night);

  it('names the night, the eras on both sides and the measures', () => {
    expect(breaksBetween(eras, '2023-08-31', '2023-09-01')).toEqual([
      { night: '2023-09-01', from: 'A', to: 'B', affects: ['interception'] },
    ]);
  });

  it('counts a break only when nights lie on both of its sides', () => {
    expect(nights('2023-09-01', '2024-04-30')).toEqual([]);
    expect(nights('2023-08-31', '2023-08-31')).toEqual([]);
    expect(nights('2024-04-30', '2024-05-01')).toEqual(['2024-05-01']);
    expect(nights('2000-01-01', '2099-01-01')).toEqual(['2023-09-01', '2024-05-01']);
  });

  it('sees one where a claimant’s first era begins, and none at an open beginning', () => {
    const [first] = breaksBetween([OWN], '2000-01-01', '2099-01-01');
    expect(first).toMatchObject({ night: OWN.from_night, from: null, to: OWN.code });
    const twice = [era('A', null, null), era('B', null, null)];
    expect(breaksBetween(twice, '2000-01-01', '2099-01-01')).toEqual([]);
  });
});

describe('comparableStretches', () => {
  const eras = [
    era('A', null, '2023-08-31', { breaks: [] }),
    era('B', '2023-09-01', '2024-04-30', { breaks: ['interception', 'neutralisation'] }),
    era('C', '2024-05-01', null, { breaks: ['interception'] }),
  ];

  it('takes what lies before the first era for a stretch of its own', () => {
    const late = [era('B', '2024-01-01', null, { breaks: ['interception'] })];
    expect(comparableStretches(late, 'interception')).toEqual([
      { eras: 'none', from: null, to: '2023-12-31' },
      { eras: 'B', from: '2024-01-01', to: null },
    ]);
  });

  it('joins eras across which the measure keeps its meaning, and divides at its breaks', () => {
    const codesOf = (measure: 'interception' | 'neutralisation' | 'non_penetration') =>
      comparableStretches(eras, measure).map((stretch) => stretch.eras);
    expect(codesOf('interception')).toEqual(['A', 'B', 'C']);
    expect(codesOf('neutralisation')).toEqual(['A', 'B-C']);
    expect(codesOf('non_penetration')).toEqual(['A-B-C']);
  });

  it('runs from the first night of the first era to the last of the last', () => {
    expect(comparableStretches(eras, 'neutralisation')).toEqual([
      { eras: 'A', from: null, to: '2023-08-31' },
      { eras: 'B-C', from: '2023-09-01', to: null },
    ]);
    expect(comparableStretches([], 'interception')).toEqual([]);
  });
});

describe('reportingEraSchema', () => {
  it('takes eras as they are served, and real nights only', () => {
    expect(reportingEraSchema.safeParse(OWN).success).toBe(true);
    expect(reportingEraSchema.safeParse({ ...OWN, from_night: '2023-02-29' }).success).toBe(false);
    expect(reportingEraSchema.safeParse({ ...OWN, breaks: ['accuracy'] }).success).toBe(false);
  });
});
