const MS_PER_DAY = 86_400_000;

/** Calendar units into which nights can be gathered, from the finest to the coarsest. */
export const BUCKETS = ['night', 'week', 'month', 'quarter', 'year'] as const;
export type Bucket = (typeof BUCKETS)[number];

const instant = (date: string): number => Date.parse(`${date}T00:00:00Z`);
const label = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

const DAYS_IN_MONTH: Readonly<Record<string, number>> = {
  ...{ '01': 31, '02': 28, '03': 31, '04': 30, '05': 31, '06': 30 },
  ...{ '07': 31, '08': 31, '09': 30, '10': 31, '11': 30, '12': 31 },
};
const isLeapYear = (year: number): boolean =>
  year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);

/**
 * Whether the text is a real calendar date written `YYYY-MM-DD`, in the years 1900 to 2199; `2023-02-29` is not.
 *
 * @example isCalendarDate('2024-02-29') // => true
 */
export function isCalendarDate(text: string): boolean {
  if (!/^(19|20|21)\d{2}-\d{2}-\d{2}$/.test(text)) return false;
  const day = Number(text.slice(8));
  const isLeapDay = day === 29 && isLeapYear(Number(text.slice(0, 4)));
  return day >= 1 && day <= (DAYS_IN_MONTH[text.slice(5, 7)] ?? 0) + (isLeapDay ? 1 : 0);
}

/**
 * The calendar date `days` after `date` (negative: before). Dates are labels: no time zone enters.
 *
 * @example addDays('2024-02-28', 2) // => "2024-03-01"
 */
export function addDays(date: string, days: number): string {
  return label(instant(date) + days * MS_PER_DAY);
}

/**
 * Number of days from `from` to `to`; negative if `to` is earlier.
 *
 * @example daysBetween('2024-09-07', '2024-09-10') // => 3
 */
export function daysBetween(from: string, to: string): number {
  return Math.round((instant(to) - instant(from)) / MS_PER_DAY);
}

/**
 * ISO 8601 weekday: 1 is Monday, 7 is Sunday.
 *
 * @example isoWeekday('2024-09-07') // => 6
 */
export function isoWeekday(date: string): number {
  return new Date(instant(date)).getUTCDay() || 7;
}

function isoWeek(date: string): string {
  // The week belongs to the year of its Thursday (ISO 8601).
  const thursday = addDays(date, 4 - isoWeekday(date));
  const year = thursday.slice(0, 4);
  const week = Math.floor(daysBetween(`${year}-01-01`, thursday) / 7) + 1;
  return `${year}-W${String(week).padStart(2, '0')}`;
}

const quarterOf = (date: string): number => Math.ceil(Number(date.slice(5, 7)) / 3);

/**
 * The key of the calendar unit that holds a night: `2024-09-07`, `2024-W36`, `2024-09`, `2024-Q3`, `2024`.
 *
 * @example bucketOf('2024-09-07', 'week') // => "2024-W36"
 */
export function bucketOf(night: string, bucket: Bucket): string {
  switch (bucket) {
    case 'night':
      return night;
    case 'week':
      return isoWeek(night);
    case 'month':
      return night.slice(0, 7);
    case 'quarter':
      return `${night.slice(0, 4)}-Q${quarterOf(night)}`;
    case 'year':
      return night.slice(0, 4);
  }
}

function startOf(night: string, bucket: Bucket): string {
  const year = night.slice(0, 4);
  switch (bucket) {
    case 'night':
      return night;
    case 'week':
      return addDays(night, 1 - isoWeekday(night));
    case 'month':
      return `${night.slice(0, 7)}-01`;
    case 'quarter':
      return `${year}-${String(quarterOf(night) * 3 - 2).padStart(2, '0')}-01`;
    case 'year':
      return `${year}-01-01`;
  }
}

function startOfNext(start: string, bucket: Bucket): string {
  if (bucket === 'night') return addDays(start, 1);
  if (bucket === 'week') return addDays(start, 7);
  const months = { month: 1, quarter: 3, year: 12 }[bucket];
  const index = Number(start.slice(0, 4)) * 12 + Number(start.slice(5, 7)) - 1 + months;
  return `${String(Math.floor(index / 12)).padStart(4, '0')}-${String((index % 12) + 1).padStart(2, '0')}-01`;
}

/** A calendar unit with its first and last night, both inclusive. */
export interface BucketSpan {
  bucket: string;
  from: string;
  to: string;
}

/**
 * The calendar unit that holds a night.
 *
 * @example bucketSpan('2024-09-07', 'month') // => {"bucket":"2024-09","from":"2024-09-01","to":"2024-09-30"}
 */
export function bucketSpan(night: string, bucket: Bucket): BucketSpan {
  const from = startOf(night, bucket);
  return { bucket: bucketOf(night, bucket), from, to: addDays(startOfNext(from, bucket), -1) };
}

/** The calendar units from the one that holds `first` to the one that holds `last`, in order. */
export function* bucketSpans(first: string, last: string, bucket: Bucket): Generator<BucketSpan> {
  for (let night = first; night <= last; ) {
    const span = bucketSpan(night, bucket);
    yield span;
    night = addDays(span.to, 1);
  }
}
