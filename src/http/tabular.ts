import { stringify } from 'csv-stringify/sync';
import { z } from 'zod';
import type { JsonRow } from '../storage/json-text.js';
import type { Position } from '../storage/page.js';

type Row = object;

/** The schema inside `nullable`, `optional` and the like. */
function inner(schema: unknown): unknown {
  if (schema instanceof z.ZodNullable || schema instanceof z.ZodOptional) {
    return inner(schema.unwrap());
  }
  return schema instanceof z.ZodDefault ? inner(schema.unwrap()) : schema;
}

/**
 * The columns in which rows of a schema are written: its fields in their order, those of an object inside it as
 * `object.field`. They follow from the schema and not from the rows, so that a table without rows has its header too.
 */
export function columnsOf(schema: z.ZodObject, prefix = ''): string[] {
  return Object.entries(schema.shape).flatMap(([name, field]) => {
    const type = inner(field);
    return type instanceof z.ZodObject ? columnsOf(type, `${prefix}${name}.`) : [prefix + name];
  });
}

function valueAt(row: Row, column: string): unknown {
  return column
    .split('.')
    .reduce<unknown>(
      (value, name) =>
        typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined,
      row,
    );
}

// A list or a map is JSON inside its cell; null, and a list with nothing in it, is an empty cell.
function cell(value: unknown): unknown {
  if (value === null || value === undefined || (Array.isArray(value) && value.length === 0)) {
    return '';
  }
  return typeof value === 'object' ? JSON.stringify(value) : value;
}

/** Rows as CSV (RFC 4180), text that a spreadsheet would take for a formula defused. */
export function csvOf(columns: readonly string[], rows: readonly Row[], header: boolean): string {
  const records = rows.map((row) => columns.map((column) => cell(valueAt(row, column))));
  return stringify(header ? [[...columns], ...records] : records, {
    record_delimiter: 'windows',
    escape_formulas: true,
    cast: { boolean: String },
  });
}

/** Rows as newline-delimited JSON. */
export const ndjsonOf = (rows: readonly Row[]): string =>
  rows.map((row) => `${JSON.stringify(row)}\n`).join('');

/** How the rows of a table are written. */
export interface TableShape {
  /** Of every row; all by default. */
  fields: readonly string[] | undefined;
  /** For CSV; newline-delimited JSON without them. */
  columns: readonly string[] | undefined;
  header: boolean;
}

/** A part of a table as text in UTF-8, and where it ends. */
export interface TablePart {
  bytes: Uint8Array<ArrayBuffer>;
  rows: number;
  last: Position | undefined;
}

/** Rows that are JSON already as a part of a table. */
export function partOf(
  rows: readonly JsonRow[],
  { columns, header }: Pick<TableShape, 'columns' | 'header'>,
): TablePart {
  const { night, id } = rows.at(-1) ?? {};
  const last = night === undefined || id === undefined ? undefined : { night, id };
  const text =
    columns === undefined
      ? rows.map(({ json }) => `${json}\n`).join('')
      : csvOf(
          columns,
          rows.map(({ json }) => JSON.parse(json) as object),
          header,
        );
  // In a buffer of its own, which one thread can hand over to another.
  return { bytes: new TextEncoder().encode(text), rows: rows.length, last };
}
