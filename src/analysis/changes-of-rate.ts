import type { Break } from '../domain/era.js';
import { bestSingleSplit } from '../statistics/best-single-split.js';
import { changePoints } from '../statistics/change-points.js';
import type { LabelledPoint } from './nights.js';

/** How a series of nights or months is searched for change points. */
interface Search {
  penalty: number;
  min_segment: number;
  phi: number | null;
}

const MIN_NIGHTS = 14;

/** Nights: a change costs 3 ln(nights) and a segment lasts at least 14 nights. */
export const nightlySearch = (points: number, phi: number | null): Search => ({
  penalty: 3 * Math.log(Math.max(1, points)),
  min_segment: MIN_NIGHTS,
  phi,
});

/** Months: a change costs 2 ln(months), a segment may be one month. */
export const monthlySearch = (points: number, phi: number | null): Search => ({
  penalty: 2 * Math.log(Math.max(1, points)),
  min_segment: 1,
  phi,
});

/**
 * Where a rate changed: the exact best partition of a series into segments of one rate, dispersion reckoned in. A
 * change that falls on a break of definition is marked: the word changed there, perhaps nothing else.
 *
 * @param points nights or months in order, k <= n
 */
export function changesOfRate(
  points: readonly LabelledPoint[],
  search: Search,
  breaks: readonly Break[],
) {
  const { penalty, min_segment, phi } = search;
  const found = phi === null ? null : changePoints(points, penalty, min_segment, phi);
  const split = phi === null ? null : bestSingleSplit(points, min_segment, phi);
  const labelAt = (index: number): string => points[index]?.label ?? '';
  // A break shows from the first report after it on, which may come nights later.
  const atBreak = (start: number): boolean =>
    breaks.some(({ night }) => {
      const broken = night.slice(0, labelAt(start).length);
      return labelAt(start - 1) < broken && broken <= labelAt(start);
    });
  return {
    points: points.length,
    ...search,
    new_segments_start: (found?.starts ?? []).map((start) => ({
      label: labelAt(start),
      at_break_of_definition: atBreak(start),
    })),
    segments: (found?.segments ?? []).map((segment) => ({
      first: labelAt(segment.start),
      last: labelAt(segment.start + segment.points - 1),
      points: segment.points,
      launched: segment.n,
      rate: segment.rate,
    })),
    cost: found?.cost ?? null,
    best_single_split:
      split === null ? null : { first_of_new_segment: labelAt(split.start), gain: split.gain },
  };
}
