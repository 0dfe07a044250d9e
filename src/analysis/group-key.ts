import { bucketOf, isoWeekday } from '../domain/calendar.js';
import type { SumKey } from '../storage/sum-store.js';
import type { Dimensions } from './cells.js';

/** Everything that `/stats` can be grouped by. */
export const GROUP_KEYS = [
  'night',
  'week',
  'month',
  'quarter',
  'year',
  'weekday',
  'month_of_year',
  'munition',
  'category',
  'source',
  'side',
  'scope',
  'era',
  'launch_place',
] as const;
export type GroupKey = (typeof GROUP_KEYS)[number];

/** The value of one key for a claim: null where the claim has none (no era is defined, no launch place is given). */
function keyValue(key: GroupKey, cell: SumKey & Dimensions): string | null {
  switch (key) {
    case 'night':
    case 'week':
    case 'month':
    case 'quarter':
    case 'year':
      return bucketOf(cell.night, key);
    case 'weekday':
      return String(isoWeekday(cell.night));
    case 'month_of_year':
      return cell.night.slice(5, 7);
    case 'launch_place':
      // A claim that names several places stays one claim: its places together are the key, so groups add up.
      return placesKey(cell.launch_places);
    default:
      return cell[key];
  }
}

function placesKey(places: string | null): string | null {
  const names = JSON.parse(places ?? '[]') as string[];
  return names.length === 0 ? null : names.toSorted().join(' and ');
}

/** The keys of a claim in the order in which they were asked for. */
export function groupKeyOf(
  keys: readonly GroupKey[],
  cell: SumKey & Dimensions,
): Record<string, string | null> {
  return Object.fromEntries(keys.map((key) => [key, keyValue(key, cell)]));
}
