import type { Barrage } from '../domain/barrage.js';
import { type ClaimContent, COUNT_MAX, claimContentSchema } from '../domain/claim.js';
import { orderedFlags } from '../domain/claim-flags.js';
import type { Munition } from '../domain/munition.js';
import { isMoment, nightOf } from '../domain/night.js';
import { splitPlaces } from '../domain/region.js';
import { remembered } from '../domain/remembered.js';
import type { Source } from '../domain/source.js';
import type { Derive } from './claim-derivation.js';
import { shown } from './csv-records.js';
import type { Cells, ParsedRow, Reject } from './import-types.js';
import type { FoundMunition } from './munition-catalogue.js';
import { type Check, checkAddress } from './piterfm-address.js';
import { normaliseCell, normaliseRow } from './piterfm-cells.js';
import { FIELD_COLUMNS, type ReadField } from './piterfm-fields.js';
import { BORDER_COLUMNS, COUNT_COLUMNS } from './piterfm-header.js';
import { readLiterals } from './piterfm-literals.js';
import { publisherOf, scopeOf, urlOf } from './piterfm-source.js';

/** What a row is read against. */
export interface RowContext {
  find: (model: string) => FoundMunition;
  /** The source that a publisher is, or null if it cannot be named as one. */
  sourceOf: (publisher: string) => Source | null;
  derive: Derive;
}

/** A row that was read, with the munition and the source it names (either may be new), or a reject. */
export type RowResult = { row: ParsedRow; munition: Munition; source: Source } | { reject: Reject };

type Raw = Readonly<Record<string, string>>;

const TIMEZONE = 'Europe/Kyiv';
export const SIDES: Pick<Barrage, 'attacker' | 'defender'> = { attacker: 'RUS', defender: 'UKR' };
// Times and counts are checked as they are read; the schema of the domain has the last word on the rest.
const WORDED = [
  'source',
  'url',
  'munition',
  'left_airspace',
  'launch_places',
  'target',
  'target_main',
  'carriers',
  'affected_regions',
  'intercepted_by_place',
  'launched_by_munition',
  'launch_places_by_munition',
] as const satisfies readonly ReadField[];

/** Ends the reading of a row: the column at fault and the rule it breaks. */
class Unreadable extends Error {
  readonly column: string;

  constructor(column: string, rule: string) {
    super(rule);
    this.column = column;
  }
}

const textIn = (cells: Cells, column: string): string | null => {
  const value = cells[column];
  return typeof value === 'string' ? value : null;
};

const countIn = (cells: Cells, column: string): number | null => {
  const value = cells[column];
  return typeof value === 'number' ? value : null;
};

function required(cells: Cells, column: string): string {
  const value = textIn(cells, column);
  if (value === null) throw new Unreadable(column, 'must be given');
  return value;
}

const momentOf = remembered((text) => {
  const moment = text.replace(' ', 'T');
  return isMoment(moment) ? moment : null;
});

function moment(cells: Cells, column: string): string {
  const value = momentOf(required(cells, column));
  if (value !== null) return value;
  throw new Unreadable(column, 'must be a date, YYYY-MM-DD, or a date and time, YYYY-MM-DD HH:MM');
}

const isCount = (value: unknown): boolean =>
  value === null || (Number.isInteger(value) && Number(value) >= 0 && Number(value) <= COUNT_MAX);

/** Checks counts column by column as published: `border_crossing` would not tell which of its columns is wrong. */
function checkCounts(raw: Raw, cells: Cells): void {
  for (const column of Object.keys(raw)) {
    if (!COUNT_COLUMNS.has(column)) continue;
    const value = BORDER_COLUMNS.has(column)
      ? normaliseCell(column, String(raw[column]))
      : cells[column];
    if (!isCount(value)) {
      const rule = `must be a whole number from 0 to ${COUNT_MAX}, such as 93 or 93.0`;
      throw new Unreadable(column, rule);
    }
  }
}

/** Kills only: a UAV that is no Shahed, or any UAV of a regional report; `launched` was set equal to them. */
function basisOf(munition: Munition, scope: ClaimContent['scope']): ClaimContent['basis'] {
  const isTally =
    munition.category === 'uav' && (scope === 'regional' || !munition.name.startsWith('Shahed'));
  return isTally ? 'tally' : 'barrage';
}

// Rows name the same munitions, targets and places by the thousand; each is checked once.
const CHECKS = WORDED.map((field): [(typeof WORDED)[number], Check] => {
  if (field === 'url') return [field, checkAddress];
  const schema = claimContentSchema.shape[field];
  const texts = remembered((text) => schema.safeParse(text));
  const others = remembered((text) => schema.safeParse(JSON.parse(text)));
  return [
    field,
    (value) => (typeof value === 'string' ? texts(value) : others(JSON.stringify(value))),
  ];
});
const isEmpty = (value: unknown): boolean =>
  value === null || (Array.isArray(value) && value.length === 0);

/** Lengths, characters and addresses, and the text in NFC. */
function checked(content: ClaimContent): ClaimContent {
  for (const [field, check] of CHECKS) {
    const value = content[field];
    if (isEmpty(value)) continue;
    const { success, data, error } = check(value);
    if (!success) {
      const rule = error?.issues.map(({ message }) => message).join(', ');
      throw new Unreadable(FIELD_COLUMNS[field], `must satisfy: ${rule}`);
    }
    if (data !== value) Object.assign(content, { [field]: data });
  }
  return content;
}

type Counts = Pick<
  ClaimContent,
  | 'launched'
  | 'intercepted'
  | 'suppressed'
  | 'still_airborne'
  | 'strike_uav_min'
  | 'hit_locations'
  | 'debris_locations'
  | 'turbojet'
  | 'turbojet_intercepted'
>;

const placesIn = remembered(splitPlaces);

const countsOf = (cells: Cells): Counts => ({
  launched: countIn(cells, 'launched'),
  intercepted: countIn(cells, 'destroyed'),
  suppressed: countIn(cells, 'not_reach_goal'),
  still_airborne: countIn(cells, 'still_attacking'),
  strike_uav_min: countIn(cells, 'is_shahed'),
  hit_locations: countIn(cells, 'num_hit_location'),
  debris_locations: countIn(cells, 'num_fall_fragment_location'),
  turbojet: countIn(cells, 'turbojet'),
  turbojet_intercepted: countIn(cells, 'turbojet_destroyed'),
});

function read(line: number, raw: Raw, context: RowContext): Exclude<RowResult, { reject: Reject }> {
  const cells = normaliseRow(raw);
  const window_start = moment(cells, 'time_start');
  const window_end = moment(cells, 'time_end');
  const { munition, known } = context.find(required(cells, 'model'));
  checkCounts(raw, cells);
  const cell = required(cells, 'source');
  const publisher = publisherOf(cell);
  const source = context.sourceOf(publisher);
  if (source === null) throw new Unreadable('source', 'must begin with the name of a publisher');
  const target = textIn(cells, 'target');
  const scope = scopeOf(publisher, target);
  const literals = readLiterals(cells);
  const content = checked({
    source: source.slug,
    url: urlOf(cell),
    cited_by: [],
    independent_of: [],
    assertion: null,
    quotation: null,
    munition: munition.slug,
    window_start,
    window_end,
    timezone: TIMEZONE,
    ...countsOf(cells),
    launch_places: placesIn(textIn(cells, 'launch_place') ?? ''),
    target,
    target_main: textIn(cells, 'target_main'),
    carriers: textIn(cells, 'carrier'),
    ...literals.fields,
    scope,
    basis: basisOf(munition, scope),
    alternative_to: null,
    note: null,
  });
  const barrage = { ...SIDES, night: nightOf(content) };
  const { regions, flags } = context.derive(content, barrage);
  const raised = [...flags, ...literals.flags];
  if (!known) raised.push('unknown_munition');
  // Most rows raise one or none.
  const allFlags = raised.length > 1 ? orderedFlags(raised) : raised;
  return { row: { line, barrage, content, regions, flags: allFlags, raw }, munition, source };
}

/**
 * Reads one row of `missile_attacks_daily.csv`: the claim it makes, by the derivations of the oracle (README,
 * sections 1 to 3), or the first reason why it makes none.
 *
 * @param line physical line, for the reject
 * @param raw column to text as published, without the empty cells
 */
export function readRow(line: number, raw: Raw, context: RowContext): RowResult {
  try {
    return read(line, raw, context);
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    const { column } = error;
    const value = raw[column];
    return {
      reject: {
        line,
        column,
        value: value === undefined ? null : shown(value),
        reason: error.message,
      },
    };
  }
}
