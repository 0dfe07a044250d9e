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

const CALENDAR: ReadonlySet<GroupKey> = new Set([
  'week',
  'month',
  'quarter',
  'year',
  'weekday',
  'month_of_year',
]);

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

/** The values of some keys of a claim, by key, in the order in which they were asked for. */
export type KeyValues = Record<string, string | null>;

/** What was gathered under some values. */
export interface Grouped<T> {
  /** Tells groups of the same keys apart. */
  name: string;
  key: KeyValues;
  group: T;
}

// No code and no calendar unit holds them.
const BETWEEN = '\u0000';
const NONE = '\u0001';

/**
 * Gathers cells by some keys. Cells come night by night, and the calendar is worked out once per night.
 *
 * @param make makes what a new group is gathered in
 */
export class Groups<T> {
  readonly #groups = new Map<string, Grouped<T>>();
  readonly #ofNight = new Map<string, Map<GroupKey, string | null>>();

  constructor(
    private readonly keys: readonly GroupKey[],
    private readonly make: () => T,
  ) {}

  /** The group that a cell belongs to. */
  of(cell: SumKey & Dimensions): T {
    let name = '';
    for (const key of this.keys) name += `${this.#value(key, cell) ?? NONE}${BETWEEN}`;
    const known = this.#groups.get(name);
    if (known !== undefined) return known.group;
    const key = Object.fromEntries(this.keys.map((one) => [one, this.#value(one, cell)]));
    const group = this.make();
    this.#groups.set(name, { name, key, group });
    return group;
  }

  get all(): Grouped<T>[] {
    return [...this.#groups.values()];
  }

  #value(key: GroupKey, cell: SumKey & Dimensions): string | null {
    if (!CALENDAR.has(key)) return keyValue(key, cell);
    let known = this.#ofNight.get(cell.night);
    if (known === undefined) {
      known = new Map();
      this.#ofNight.set(cell.night, known);
    }
    const value = known.get(key) ?? keyValue(key, cell);
    known.set(key, value);
    return value;
  }
}
