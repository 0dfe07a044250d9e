import { type ClaimContent, COUNT_MAX, knownSum } from '../domain/claim.js';
import type { Flag } from '../domain/claim-flags.js';
import { splitPlaces } from '../domain/region.js';
import type { Cell, Cells } from './import-types.js';

/** What the literal cells of a row say, and what was odd about them. */
export interface LiteralFields {
  fields: Pick<
    ClaimContent,
    | 'left_airspace'
    | 'left_airspace_to'
    | 'affected_regions'
    | 'intercepted_by_place'
    | 'launched_by_munition'
    | 'launch_places_by_munition'
  >;
  flags: Flag[];
}

type Dict = { readonly [key: string]: Cell };
type Counts = Record<string, number | null>;

/** The countries to which munitions have been reported to fly on, as the file names them. */
const COUNTRIES: ReadonlyMap<string, string> = new Map([
  ['belarus', 'BLR'],
  ['bulgaria', 'BGR'],
  ['estonia', 'EST'],
  ['hungary', 'HUN'],
  ['latvia', 'LVA'],
  ['lithuania', 'LTU'],
  ['moldova', 'MDA'],
  ['poland', 'POL'],
  ['romania', 'ROU'],
  ['russia', 'RUS'],
  ['slovakia', 'SVK'],
  ['turkey', 'TUR'],
]);

// `undefined` is "not of this shape"; null is "nothing reported".
const isDict = (cell: Cell): cell is Dict =>
  typeof cell === 'object' && cell !== null && !Array.isArray(cell);

const isCount = (value: Cell): value is number | null =>
  value === null ||
  (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= COUNT_MAX);

const isText = (value: Cell): value is string => typeof value === 'string';

function countsOf(cell: Cell): Counts | null | undefined {
  if (cell === null) return null;
  if (!isDict(cell)) return undefined;
  const counts: Counts = {};
  for (const [key, value] of Object.entries(cell)) {
    if (!isCount(value)) return undefined;
    counts[key.normalize('NFC')] = value;
  }
  return counts;
}

function textsOf(cell: Cell): string[] | undefined {
  if (cell === null) return [];
  if (!Array.isArray(cell) || !cell.every(isText)) return undefined;
  return cell.filter((text) => text !== '');
}

/** Places of one munition of a bundle: a text of places joined by "and", a list of them, or "some, unknown". */
const placesOf = (cell: Cell): string[] | undefined =>
  isText(cell) ? splitPlaces(cell) : textsOf(cell);

function placesByMunition(cell: Cell): Record<string, string[]> | null | undefined {
  if (cell === null) return null;
  if (!isDict(cell)) return undefined;
  const places: Record<string, string[]> = {};
  for (const [munition, value] of Object.entries(cell)) {
    const list = placesOf(value);
    if (list === undefined) return undefined;
    places[munition.normalize('NFC')] = list;
  }
  return places;
}

/** Countries that are known, by code; the others have no code to stand under, but their number counts in the sum. */
function countriesOf(counts: Counts): { to: Counts | null; unknown: boolean } {
  const entries = Object.entries(counts).map(
    ([name, value]) => [COUNTRIES.get(name), value] as const,
  );
  const known = entries.filter((entry): entry is [string, number | null] => entry[0] !== undefined);
  return {
    to: known.length === 0 ? null : Object.fromEntries(known),
    unknown: known.length < entries.length,
  };
}

/**
 * Reads the dict and list cells of a row. A cell that is no literal, or one of other types than its column has, leaves
 * its field empty and flags the row `unparsable_literal`: the raw row keeps what was written.
 *
 * @param cells a normalised row
 */
export function readLiterals(cells: Cells): LiteralFields {
  const flags: Flag[] = [];
  const read = <T>(column: string, as: (cell: Cell) => T | undefined, otherwise: T): T => {
    const value = as(cells[column] ?? null);
    if (value === undefined) flags.push('unparsable_literal');
    return value ?? otherwise;
  };
  const border = read('border_crossing', countsOf, null);
  const { to, unknown } = countriesOf(border ?? {});
  if (unknown) flags.push('unknown_place');
  return {
    fields: {
      left_airspace: knownSum(border),
      left_airspace_to: to,
      affected_regions: read('affected region', textsOf, []),
      intercepted_by_place: read('destroyed_details', countsOf, null),
      launched_by_munition: read('launched_details', countsOf, null),
      launch_places_by_munition: read('launch_place_details', placesByMunition, null),
    },
    flags,
  };
}
