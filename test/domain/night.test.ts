import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { addDays, bucketSpan, isoWeekday } from '../../src/domain/calendar.js';
import { exceedsOneDay, isMoment, isReversed, nightOf } from '../../src/domain/night.js';

const window = (window_start: string, window_end: string) => ({ window_start, window_end });

const NIGHTS: [what: string, start: string, end: string, night: string][] = [
  ['20:00 to 06:00', '2024-09-06T20:00', '2024-09-07T06:00', '2024-09-07'],
  ['00:00 to 08:00', '2024-09-07T00:00', '2024-09-07T08:00', '2024-09-07'],
  ['a date to 08:00', '2024-09-07', '2024-09-07T08:00', '2024-09-07'],
  ['a date only', '2024-09-07', '2024-09-07', '2024-09-07'],
  ['17:00 of the day before to 08:00', '2024-09-06T17:00', '2024-09-07T08:00', '2024-09-07'],
  [
    'an afternoon, which ends the night before it',
    '2024-09-07T12:00',
    '2024-09-07T17:00',
    '2024-09-07',
  ],
  ['an evening, which opens the next night', '2024-09-07T18:00', '2024-09-07T22:00', '2024-09-08'],
  ['a midpoint of 17:59', '2024-09-07T17:58', '2024-09-07T18:00', '2024-09-07'],
  ['a midpoint of 18:00', '2024-09-07T17:59', '2024-09-07T18:01', '2024-09-08'],
  ['two dates', '2024-09-06', '2024-09-07', '2024-09-07'],
  ['a whole week, by its middle', '2024-09-01', '2024-09-07', '2024-09-04'],
  ['ends written the wrong way round', '2024-09-07T08:00', '2024-09-06T20:00', '2024-09-07'],
  ['a reversed pair of dates', '2024-09-08', '2024-09-07', '2024-09-08'],
  ['the turn of the year', '2024-12-31T20:00', '2025-01-01T06:00', '2025-01-01'],
  ['the turn into a leap day', '2024-02-28T20:00', '2024-02-29T06:00', '2024-02-29'],
  ['the night the clock goes forward', '2024-03-30T20:00', '2024-03-31T06:00', '2024-03-31'],
  ['the hour that does not exist that night', '2024-03-31T03:00', '2024-03-31T03:59', '2024-03-31'],
  ['the date the clock goes forward', '2024-03-31', '2024-03-31', '2024-03-31'],
  [
    'the evening after the clock went forward',
    '2024-03-31T20:00',
    '2024-04-01T06:00',
    '2024-04-01',
  ],
  ['the night the clock goes back', '2024-10-26T20:00', '2024-10-27T06:00', '2024-10-27'],
  ['the hour that comes twice that night', '2024-10-27T03:00', '2024-10-27T03:59', '2024-10-27'],
  ['the date the clock goes back', '2024-10-27', '2024-10-27', '2024-10-27'],
  ['the evening after the clock went back', '2024-10-27T20:00', '2024-10-28T06:00', '2024-10-28'],
];

describe('nightOf', () => {
  it.each(NIGHTS)('files %s under its night', (_, start, end, night) => {
    expect(nightOf(window(start, end))).toBe(night);
  });

  it('files every window from an evening to the morning under the morning', () => {
    const evening = fc.integer({ min: 18, max: 23 });
    const morning = fc.integer({ min: 0, max: 11 });
    const day = fc.integer({ min: 0, max: 20_000 });
    fc.assert(
      fc.property(day, evening, morning, (days, start, end) => {
        const date = addDays('2000-01-01', days);
        const at = (hour: number) => `T${String(hour).padStart(2, '0')}:00`;
        const night = nightOf(window(addDays(date, -1) + at(start), date + at(end)));
        expect(night).toBe(date);
      }),
    );
  });
});

describe('the zone of the machine', () => {
  const zone = process.env.TZ;
  afterEach(() => {
    if (zone === undefined) delete process.env.TZ;
    else process.env.TZ = zone;
  });

  it.each([
    ['Pacific/Kiritimati', -840],
    ['America/Los_Angeles', 480],
    ['Europe/Kyiv', -120],
  ])('%s moves no night, no weekday and no bucket', (name, offset) => {
    process.env.TZ = name;
    expect(new Date('2024-01-01T12:00Z').getTimezoneOffset()).toBe(offset);
    for (const [what, start, end, night] of NIGHTS) {
      expect(nightOf(window(start, end)), what).toBe(night);
    }
    expect(isoWeekday('2024-03-31')).toBe(7);
    expect(bucketSpan('2024-03-31', 'month').to).toBe('2024-03-31');
    expect(addDays('2024-10-27', 1)).toBe('2024-10-28');
  });
});

describe('isMoment', () => {
  it.each(['2024-09-07', '2024-09-07T00:00', '2024-02-29T23:59'])('takes %s', (text) => {
    expect(isMoment(text)).toBe(true);
  });

  it.each([
    '2024-09-07T24:00',
    '2024-09-07T12:60',
    '2024-09-07T1:00',
    '2024-09-07 08:00',
    '2024-09-07T08:00:00',
    '2024-09-07T08:00Z',
    '2023-02-29',
    '2023-02-29T08:00',
    '07.09.2024',
    '',
  ])('refuses "%s"', (text) => {
    expect(isMoment(text)).toBe(false);
  });
});

describe('isReversed', () => {
  it('needs the end before the start; equal ends are an instant, not a reversal', () => {
    expect(isReversed(window('2024-09-07T08:00', '2024-09-07T07:59'))).toBe(true);
    expect(isReversed(window('2024-09-07T08:00', '2024-09-07T08:00'))).toBe(false);
  });

  it('reads a date alone as its whole day at the end and its midnight at the start', () => {
    expect(isReversed(window('2024-09-07T20:00', '2024-09-07'))).toBe(false);
    expect(isReversed(window('2024-09-08T00:01', '2024-09-07'))).toBe(true);
    expect(isReversed(window('2024-09-08', '2024-09-07'))).toBe(false);
  });
});

describe('exceedsOneDay', () => {
  it('begins at a minute over 24 hours', () => {
    expect(exceedsOneDay(window('2024-09-06T20:00', '2024-09-07T20:00'))).toBe(false);
    expect(exceedsOneDay(window('2024-09-06T20:00', '2024-09-07T20:01'))).toBe(true);
  });

  it('reads a date alone as its own midnight on both sides', () => {
    expect(exceedsOneDay(window('2024-09-06', '2024-09-07'))).toBe(false);
    expect(exceedsOneDay(window('2024-09-06', '2024-09-08'))).toBe(true);
  });
});
