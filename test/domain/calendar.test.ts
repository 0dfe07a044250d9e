import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addDays,
  BUCKETS,
  bucketOf,
  bucketSpan,
  bucketSpans,
  daysBetween,
  isCalendarDate,
  isoWeekday,
} from '../../src/domain/calendar.js';

const nights = fc
  .date({ min: new Date('1970-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const buckets = fc.constantFrom(...BUCKETS);

describe('isCalendarDate', () => {
  it.each(['2024-02-29', '2000-02-29', '2023-12-31', '2024-01-01'])('takes %s', (date) => {
    expect(isCalendarDate(date)).toBe(true);
  });

  it.each([
    ['a leap day of a common year', '2023-02-29'],
    ['a leap day of a century', '1900-02-29'],
    ['day 31 of a month of 30', '2024-04-31'],
    ['month 13', '2024-13-01'],
    ['month 0', '2024-00-10'],
    ['day 0', '2024-01-00'],
    ['one digit', '2024-1-01'],
    ['a time behind it', '2024-01-01T00:00'],
    ['a space', ' 2024-01-01'],
    ['nothing', ''],
  ])('refuses %s', (_, date) => {
    expect(isCalendarDate(date)).toBe(false);
  });
});

describe('addDays and daysBetween', () => {
  it.each([
    ['2024-02-28', 1, '2024-02-29'],
    ['2023-02-28', 1, '2023-03-01'],
    ['2024-12-31', 1, '2025-01-01'],
    ['2024-03-01', -1, '2024-02-29'],
    ['2024-03-30', 2, '2024-04-01'],
    ['2024-10-26', 2, '2024-10-28'],
  ])('%s and %i days is %s', (date, days, expected) => {
    expect(addDays(date, days)).toBe(expected);
    expect(daysBetween(date, expected)).toBe(days);
  });

  it('are each other’s inverse', () => {
    fc.assert(
      fc.property(nights, fc.integer({ min: -20_000, max: 20_000 }), (night, days) => {
        expect(daysBetween(night, addDays(night, days))).toBe(days);
      }),
    );
  });
});

describe('isoWeekday', () => {
  it('runs from 1 on Monday to 7 on Sunday', () => {
    const week = Array.from({ length: 7 }, (_, index) => addDays('2024-09-02', index));
    expect(week.map(isoWeekday)).toEqual([1, 2, 3, 4, 5, 6, 7]);
  });
});

describe('bucketOf', () => {
  it.each([
    // Years whose edge weeks belong to the neighbour, and years of 53 weeks.
    ['2020-12-31', '2020-W53'],
    ['2021-01-03', '2020-W53'],
    ['2021-01-04', '2021-W01'],
    ['2018-12-31', '2019-W01'],
    ['2023-01-01', '2022-W52'],
    ['2024-12-29', '2024-W52'],
    ['2024-12-30', '2025-W01'],
    ['2027-01-01', '2026-W53'],
    ['2016-01-03', '2015-W53'],
    ['2024-01-01', '2024-W01'],
  ])('puts %s into week %s', (night, week) => {
    expect(bucketOf(night, 'week')).toBe(week);
  });

  it.each([
    ['2024-01-01', '2024-Q1'],
    ['2024-03-31', '2024-Q1'],
    ['2024-04-01', '2024-Q2'],
    ['2024-06-30', '2024-Q2'],
    ['2024-09-30', '2024-Q3'],
    ['2024-10-01', '2024-Q4'],
    ['2024-12-31', '2024-Q4'],
  ])('puts %s into quarter %s', (night, quarter) => {
    expect(bucketOf(night, 'quarter')).toBe(quarter);
  });

  it('names every unit of one night', () => {
    expect(BUCKETS.map((bucket) => bucketOf('2024-09-07', bucket))).toEqual([
      '2024-09-07',
      '2024-W36',
      '2024-09',
      '2024-Q3',
      '2024',
    ]);
  });
});

describe('bucketSpan', () => {
  it.each([
    ['night', '2024-02-29', '2024-02-29', '2024-02-29'],
    ['week', '2021-01-03', '2020-12-28', '2021-01-03'],
    ['month', '2024-02-10', '2024-02-01', '2024-02-29'],
    ['month', '2023-02-10', '2023-02-01', '2023-02-28'],
    ['month', '2024-12-31', '2024-12-01', '2024-12-31'],
    ['quarter', '2024-11-05', '2024-10-01', '2024-12-31'],
    ['quarter', '2024-01-05', '2024-01-01', '2024-03-31'],
    ['year', '2024-07-01', '2024-01-01', '2024-12-31'],
  ] as const)('of a %s that holds %s runs from %s to %s', (bucket, night, from, to) => {
    expect(bucketSpan(night, bucket)).toEqual({ bucket: bucketOf(night, bucket), from, to });
  });

  it('contains its night, and every night of it has the same span', () => {
    fc.assert(
      fc.property(nights, buckets, fc.nat(), (night, bucket, pick) => {
        const span = bucketSpan(night, bucket);
        expect(span.from <= night && night <= span.to).toBe(true);
        const other = addDays(span.from, pick % (daysBetween(span.from, span.to) + 1));
        expect(bucketSpan(other, bucket)).toEqual(span);
      }),
    );
  });

  it('partitions the calendar: the night after a span opens the next one', () => {
    fc.assert(
      fc.property(nights, buckets, (night, bucket) => {
        const span = bucketSpan(night, bucket);
        const next = bucketSpan(addDays(span.to, 1), bucket);
        const before = bucketSpan(addDays(span.from, -1), bucket);
        expect(next.from).toBe(addDays(span.to, 1));
        expect(before.to).toBe(addDays(span.from, -1));
        expect(new Set([before.bucket, span.bucket, next.bucket]).size).toBe(3);
      }),
    );
  });
});

describe('bucketSpans', () => {
  it('runs from the unit that holds the first night to the one that holds the last, without a gap', () => {
    fc.assert(
      fc.property(nights, buckets, fc.integer({ min: 0, max: 400 }), (first, bucket, days) => {
        const last = addDays(first, days);
        const spans = [...bucketSpans(first, last, bucket)];
        expect(spans[0]).toEqual(bucketSpan(first, bucket));
        expect(spans.at(-1)).toEqual(bucketSpan(last, bucket));
        const gaps = spans
          .slice(1)
          .map(({ from }, index) => daysBetween(spans[index]?.to ?? '', from));
        expect(gaps).toEqual(gaps.map(() => 1));
      }),
    );
  });

  it('is empty for a span that ends before it starts', () => {
    expect([...bucketSpans('2024-03-05', '2024-03-04', 'night')]).toEqual([]);
  });
});
