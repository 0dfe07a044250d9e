import { Column, getTableColumns, getTableName } from 'drizzle-orm';
import type { SQLiteTable } from 'drizzle-orm/sqlite-core';
import { COMMIT_INSTANT } from './commit-instant.js';
import { barrages, changes, claims } from './tables.js';

/** One SQL statement with its bound values, the instant of its commit ({@link COMMIT_INSTANT}) among them. */
export interface Statement {
  readonly sql: string;
  readonly params: readonly unknown[];
  /** How many rows it writes, where that is told; else it counts as one. */
  readonly count?: number;
}

/** Values by column, as drizzle has them. */
export type Row = Readonly<Record<string, unknown>>;

/** From which part of a row a column is written. */
type Part = 'own' | 'beside' | 'always';

/** The columns that are not a row's own: those given beside it, and those in which all rows of a write say the same. */
export type Layout = Readonly<Record<Exclude<Part, 'own'>, readonly string[]>>;

/** A row that is to be inserted, in parts: one of all of them would be a copy, and there may be thousands. */
export interface NewRow {
  readonly form: Form;
  readonly own: Row;
  readonly beside: Row;
  readonly always: Row;
}

/** A column that is written: where its value is found, and what that is to the driver. */
interface Binding {
  key: string;
  part: Part;
  spell: (given: unknown) => unknown;
}

/** The statements that insert one row and {@link ROWS_AT_ONCE} rows, and what they bind for each. */
interface Text {
  one: string;
  many: string;
  bindings: readonly Binding[];
}

type Literal = string | number | null;

/** How rows of a table are inserted. */
interface Form {
  any: Text;
  /** For rows that say what is usual, in columns that are not bound then. */
  usual: Text;
  told: readonly (Binding & { usual: Literal })[];
}

const EMPTY_LIST = '[]';
// Two sizes, so that there are two texts to prepare: what is left over is written row by row.
const ROWS_AT_ONCE = 20;

// What most rows of a table say in columns that few of them need. It stands in the text of a statement, because binding a
// value takes longer than SQLite takes to write it; and as a whole, so that there are two texts and not one for every
// kind of row.
const USUAL = new Map<SQLiteTable, Readonly<Record<string, Literal>>>([
  [barrages, { revision: 1, to_version: null, note: null }],
  [changes, { op: 'created', revision: 1, fields: EMPTY_LIST, reason: null }],
  [
    claims,
    {
      ...{ revision: 1, to_version: null, origin: 'client', set_by_hand: EMPTY_LIST },
      ...{ import_id: null, import_line: null, raw: null },
      ...{ cited_by: EMPTY_LIST, independent_of: EMPTY_LIST, alternative_to: null },
      ...{ assertion: null, quotation: null, note: null },
      ...{ left_airspace_to: null, still_airborne: null, strike_uav_min: null },
      ...{ hit_locations: null, debris_locations: null },
      ...{ turbojet: null, turbojet_intercepted: null },
      ...{ target_main: null, carriers: null, affected_regions: EMPTY_LIST },
      ...{ intercepted_by_place: null, launched_by_munition: null },
      ...{ launch_places_by_munition: null },
    },
  ],
]);

/** What a column's value is to the driver. */
function spelling(column: Column): (given: unknown) => unknown {
  const otherwise = column.default ?? null;
  const isPlain = column.mapToDriverValue === Column.prototype.mapToDriverValue;
  if (isPlain) return (given) => given ?? otherwise;
  const unsaid = otherwise === null ? null : column.mapToDriverValue(otherwise);
  return (given) => {
    if (given === undefined || given === null) return unsaid;
    // Most lists of a claim are.
    if (Array.isArray(given) && given.length === 0) return EMPTY_LIST;
    return column.mapToDriverValue(given);
  };
}

const literal = (value: Literal): string =>
  typeof value === 'string' ? `'${value}'` : String(value);

function textOf(
  table: SQLiteTable,
  all: readonly Binding[],
  usual: Readonly<Record<string, Literal>>,
): Text {
  const marks = all.map(({ key }) => (key in usual ? literal(usual[key] ?? null) : '?')).join(', ');
  const names = all.map(({ key }) => `"${key}"`).join(', ');
  const insert = `insert into "${getTableName(table)}" (${names}) values `;
  return {
    one: `${insert}(${marks})`,
    many: insert + Array(ROWS_AT_ONCE).fill(`(${marks})`).join(', '),
    bindings: all.filter(({ key }) => !(key in usual)),
  };
}

// drizzle compiles an insert in 30 to 200 µs; a file of thousands of rows needs the text only once per table.
const forms = new WeakMap<SQLiteTable, Map<Layout, Form>>();

function formOf(table: SQLiteTable, layout: Layout): Form {
  const own = forms.get(table) ?? new Map<Layout, Form>();
  forms.set(table, own);
  const known = own.get(layout);
  if (known !== undefined) return known;
  const partOf = (key: string): Part => {
    if (layout.beside.includes(key)) return 'beside';
    return layout.always.includes(key) ? 'always' : 'own';
  };
  const all = Object.entries(getTableColumns(table))
    .filter(([, column]) => column.generated === undefined)
    .map(([key, column]) => ({ key, part: partOf(key), spell: spelling(column) }));
  const usual = USUAL.get(table) ?? {};
  const form: Form = {
    any: textOf(table, all, {}),
    usual: textOf(table, all, usual),
    told: all
      .filter(({ key }) => key in usual)
      .map((one) => ({ ...one, usual: usual[one.key] ?? null })),
  };
  own.set(layout, form);
  return form;
}

const spelled = (row: NewRow, { key, part, spell }: Binding): unknown => spell(row[part][key]);

function isUsual(row: NewRow): boolean {
  for (const one of row.form.told) if (spelled(row, one) !== one.usual) return false;
  return true;
}

/** Bound when it is run: what a write binds to thousands of rows is more than what it says, and must not pile up. */
class Insertion implements Statement {
  readonly #text: 'usual' | 'any';

  /** @param count so many rows of a table are inserted, from a place on: one, or {@link ROWS_AT_ONCE} */
  constructor(
    private readonly rows: readonly NewRow[],
    private readonly from: number,
    readonly count: number,
  ) {
    let areUsual = true;
    for (let place = from; place < from + count; place += 1) areUsual &&= isUsual(this.#row(place));
    this.#text = areUsual ? 'usual' : 'any';
  }

  get sql(): string {
    const { one, many } = this.#row(this.from).form[this.#text];
    return this.count === 1 ? one : many;
  }

  get params(): readonly unknown[] {
    const values: unknown[] = [];
    for (let place = this.from; place < this.from + this.count; place += 1) {
      const row = this.#row(place);
      for (const one of row.form[this.#text].bindings) values.push(spelled(row, one));
    }
    return values;
  }

  #row(place: number): NewRow {
    return this.rows[place] as NewRow;
  }
}

const insertOne = (row: NewRow): Statement => new Insertion([row], 0, 1);

/**
 * Inserts of rows of one table, in their order. Many at once take a sixth less: what a statement changes is kept page by
 * page, in case that it fails, and so once for all its rows.
 */
export function insertAll(rows: readonly NewRow[]): Statement[] {
  const statements: Statement[] = [];
  const single = rows.length - (rows.length % ROWS_AT_ONCE);
  for (let from = 0; from < single; from += ROWS_AT_ONCE) {
    statements.push(new Insertion(rows, from, ROWS_AT_ONCE));
  }
  return [...statements, ...rows.slice(single).map(insertOne)];
}

const NOTHING: Row = {};

/** A row that is to be inserted. @param own what no other part gives */
export function newRow(
  table: SQLiteTable,
  layout: Layout,
  own: Row,
  always: Row,
  beside: Row = NOTHING,
): NewRow {
  return { form: formOf(table, layout), own, beside, always };
}

const OWN: Layout = { beside: [], always: [] };

/** An insert of one row, in the table's own types. */
export const insertInto = <T extends SQLiteTable>(table: T, row: T['$inferInsert']): Statement =>
  insertOne(newRow(table, OWN, row, NOTHING));

const DATED: Layout = { beside: [], always: ['at'] };
const AT: Row = { at: COMMIT_INSTANT };

/** A row that says `at` which instant it was committed. */
export const datedRow = <T extends SQLiteTable>(
  table: T,
  row: Omit<T['$inferInsert'], 'at'>,
): NewRow => newRow(table, DATED, row, AT);

/** An insert of one row that says `at` which instant it was committed. */
export const insertDated = <T extends SQLiteTable>(
  table: T,
  row: Omit<T['$inferInsert'], 'at'>,
): Statement => insertOne(datedRow(table, row));
