import { isCalendarDate } from './calendar.js';

/** The two ends of a reporting window as its source wrote them: `YYYY-MM-DD` or `YYYY-MM-DDTHH:MM`, local wall clock. */
export interface ReportingWindow {
  window_start: string;
  window_end: string;
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
// Of a date in a moment.
const DATE_LENGTH = 10;
const MOMENT = /^\d{4}-\d{2}-\d{2}(T([01]\d|2[0-3]):[0-5]\d)?$/;

/**
 * Whether the text is a wall-clock moment at one of the two precisions that are kept: date, or date and minute.
 *
 * @example isMoment('2024-09-07T08:00') // => true
 */
export const isMoment = (text: string): boolean =>
  MOMENT.test(text) && isCalendarDate(text.slice(0, DATE_LENGTH));

const ZERO = '0'.charCodeAt(0);
/** The number that two digits of a text spell. A batch reads thousands: `Date.parse` takes four times as long. */
const two = (text: string, at: number): number =>
  (text.charCodeAt(at) - ZERO) * 10 + text.charCodeAt(at + 1) - ZERO;

// Wall clock is reckoned as if it were UTC: the rule is plain arithmetic on what was written, so that no
// server zone and no daylight-saving change can move a night.
const midnightOf = (moment: string): number =>
  Date.UTC(two(moment, 0) * 100 + two(moment, 2), two(moment, 5) - 1, two(moment, 8));

const isDate = (moment: string): boolean => moment.length === DATE_LENGTH;

const wallClock = (moment: string): number =>
  midnightOf(moment) +
  (isDate(moment) ? 0 : two(moment, 11) * HOUR + two(moment, 14) * (HOUR / 60));

/** Start of the window in milliseconds of wall clock; a date alone is its 00:00. */
const startOfWindow = ({ window_start }: ReportingWindow): number => wallClock(window_start);

/** End of the window; a date alone includes that whole day, so it is the next day's 00:00. */
const endOfWindow = ({ window_end }: ReportingWindow): number =>
  wallClock(window_end) + (isDate(window_end) ? DAY : 0);

/**
 * The night a reporting window belongs to: date(midpoint + 6 h), the operational day from 18:00 the evening before to
 * 18:00, named by its morning.
 *
 * Of several customs (start date, end date, publication date) this is the one under which a window from 20:00 to 06:00,
 * one from 00:00 to 08:00 and one with only a date all name the same night (domain.md, "Night").
 *
 * @param window both ends in local wall clock, valid by {@link isMoment}
 * @example nightOf({ window_start: '2024-09-07', window_end: '2024-09-07T08:00' }) // => "2024-09-07"
 */
export function nightOf(window: ReportingWindow): string {
  const start = startOfWindow(window);
  const named = start + (endOfWindow(window) - start) / 2 + 6 * HOUR;
  const lastDay = midnightOf(window.window_end);
  // Most windows end on the morning that they name.
  if (named >= lastDay && named < lastDay + DAY) return window.window_end.slice(0, DATE_LENGTH);
  return new Date(named).toISOString().slice(0, DATE_LENGTH);
}

/** Whether the window ends before it starts (a date-only end is the next 00:00). */
export function isReversed(window: ReportingWindow): boolean {
  return endOfWindow(window) < startOfWindow(window);
}

/** Whether the ends lie more than 24 h apart, a date alone read as its own 00:00 on both sides. */
export function exceedsOneDay({ window_start, window_end }: ReportingWindow): boolean {
  return wallClock(window_end) - wallClock(window_start) > DAY;
}
