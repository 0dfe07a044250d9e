import { Column, getTableColumns, getTableName } from 'drizzle-orm';
import type { SQLiteTable } from 'drizzle-orm/sqlite-core';
import type { ClaimContent, Origin } from '../domain/claim.js';
import type { Flag } from '../domain/claim-flags.js';
import { COMMIT_INSTANT } from './commit-instant.js';
import { claims } from './tables.js';

/** One SQL statement with its bound values, the instant of its commit ({@link COMMIT_INSTANT}) among them. */
export interface Statement {
  readonly sql: string;
  readonly params: readonly unknown[];
  /** How many rows it writes, where that is told; else it counts as one. */
  readonly count?: number;
}

type Row = Readonly<Record<string, unknown>>;

/** A column that is written: what is bound for it, from a row or from what is given beside it. */
interface Binding {
  key: string;
  /** Its place in what is given beside a row; -1 if it is the row's own. */
  beside: number;
  spell: (given: unknown) => unknown;
}

/** How rows of a table are inserted. */
interface Form {
  /** The statement for one row. */
  one: string;
  /** The statement for {@link ROWS_AT_ONCE} rows. */
  many: string;
  bindings: readonly Binding[];
}

/** The columns that are given beside a row: one, or always the same list of them. */
type Beside = string | readonly string[];

/** What is given for columns, in their order. */
type Given<R, K extends readonly (keyof R)[]> = { readonly [I in keyof K]: R[K[I]] };

// drizzle compiles an insert in 30 to 200 µs; a file of thousands of rows needs the text only once per table.
const forms = new WeakMap<SQLiteTable, Map<Beside, Form>>();
const EMPTY_LIST = '[]';
// Two sizes, so that there are two texts to prepare: what is left over is written row by row.
const ROWS_AT_ONCE = 20;

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

function formOf(table: SQLiteTable, beside: Beside): Form {
  const own = forms.get(table) ?? new Map<Beside, Form>();
  forms.set(table, own);
  const known = own.get(beside);
  if (known !== undefined) return known;
  const columns = Object.entries(getTableColumns(table)).filter(
    ([, column]) => column.generated === undefined,
  );
  const names = columns.map(([, { name }]) => `"${name}"`).join(', ');
  const marks = `(${columns.map(() => '?').join(', ')})`;
  const insert = `insert into "${getTableName(table)}" (${names}) values `;
  const apart = typeof beside === 'string' ? [beside] : beside;
  const form: Form = {
    one: insert + marks,
    many: insert + Array(ROWS_AT_ONCE).fill(marks).join(', '),
    bindings: columns.map(([key, column]) => ({
      key,
      beside: apart.indexOf(key),
      spell: spelling(column),
    })),
  };
  own.set(beside, form);
  return form;
}

/** A row that is to be inserted. */
export interface NewRow {
  readonly form: Form;
  readonly row: Row;
  /** What is given beside it, in the order in which the form names it. */
  readonly beside: readonly unknown[];
}

/** Bound when it is run: what a write binds to thousands of rows is more than what it says, and must not pile up. */
class Insertion implements Statement {
  constructor(
    readonly sql: string,
    private readonly rows: readonly NewRow[],
  ) {}

  get count(): number {
    return this.rows.length;
  }

  get params(): readonly unknown[] {
    const bound: unknown[] = [];
    for (const { form, row, beside } of this.rows) {
      for (const one of form.bindings) {
        bound.push(one.spell(one.beside < 0 ? row[one.key] : beside[one.beside]));
      }
    }
    return bound;
  }
}

const insertOne = (row: NewRow): Statement => new Insertion(row.form.one, [row]);

/**
 * Inserts of rows of one table, in their order. Many at once take a sixth less: what a statement changes is kept page by
 * page, in case that it fails, and so once for all its rows.
 */
export function insertAll(rows: readonly NewRow[]): Statement[] {
  const statements: Statement[] = [];
  const single = rows.length - (rows.length % ROWS_AT_ONCE);
  for (let from = 0; from < single; from += ROWS_AT_ONCE) {
    const together = rows.slice(from, from + ROWS_AT_ONCE);
    const [first] = together;
    if (first) statements.push(new Insertion(first.form.many, together));
  }
  return [...statements, ...rows.slice(single).map(insertOne)];
}

const NOTHING: readonly never[] = [];

/** An insert of one row, in the table's own types. */
export function insertInto<T extends SQLiteTable>(table: T, row: T['$inferInsert']): Statement {
  return insertOne({ form: formOf(table, NOTHING), row, beside: NOTHING });
}

const DATED: readonly unknown[] = [COMMIT_INSTANT];

/** A row, one column of which says when it was committed. */
export function datedRow<T extends SQLiteTable, K extends keyof T['$inferInsert'] & string>(
  table: T,
  row: Omit<T['$inferInsert'], K>,
  column: K,
): NewRow {
  return { form: formOf(table, column), row, beside: DATED };
}

/** An insert of one row, one column of which says when it was committed. */
export function insertDated<T extends SQLiteTable, K extends keyof T['$inferInsert'] & string>(
  table: T,
  row: Omit<T['$inferInsert'], K>,
  column: K,
): Statement {
  return insertOne(datedRow(table, row, column));
}

const VERSIONED = ['revision', 'from_version', 'to_version', 'recorded_at'] as const;

interface OfVersion {
  revision: number;
  from_version: number;
  to_version: null;
  recorded_at: typeof COMMIT_INSTANT;
}

/** The current revision of a record. @param row all but the columns of every versioned table */
export function revisionRow(
  table: SQLiteTable,
  row: object,
  revision: number,
  version: number,
): NewRow {
  const beside: Given<OfVersion, typeof VERSIONED> = [revision, version, null, COMMIT_INSTANT];
  return { form: formOf(table, VERSIONED), row: row as Row, beside };
}

/** What a posted claim has beside its content. */
export interface PostedClaim {
  id: string;
  barrage_id: string;
  regions: readonly string[];
  flags: readonly Flag[];
}

interface OfPosted extends PostedClaim, OfVersion {
  origin: Origin;
  import_id: null;
  import_line: null;
  raw: null;
  set_by_hand: readonly never[];
}

const POSTED = [
  ...VERSIONED,
  'id',
  'barrage_id',
  'regions',
  'flags',
  'origin',
  'import_id',
  'import_line',
  'raw',
  'set_by_hand',
] as const satisfies readonly (keyof OfPosted & keyof typeof claims)[];

/** The same of a posted claim, given in two parts: one of both would be a copy of 40 fields, and there may be thousands. */
export function postedRow(
  content: ClaimContent,
  { id, barrage_id, regions, flags }: PostedClaim,
  version: number,
): NewRow {
  const beside: Given<OfPosted, typeof POSTED> = [
    ...([1, version, null, COMMIT_INSTANT] as const),
    ...([id, barrage_id, regions, flags, 'client', null, null, null, NOTHING] as const),
  ];
  return { form: formOf(claims, POSTED), row: content as unknown as Row, beside };
}
