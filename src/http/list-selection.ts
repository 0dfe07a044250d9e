import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { WrittenPage } from '../storage/claim-pages.js';
import type { JsonRow } from '../storage/json-text.js';
import type { PageRequest } from '../storage/page.js';
import { listParameters } from './query-schemas.js';
import type { TablePart, TableShape } from './tabular.js';

/** A row as it is served, read back from its text. */
export type ServedRow = { id: string; night: string } & Record<string, unknown>;

/** A part of a table as text. @param begun whether it follows on another part */
export type Table = (page: PageRequest, shape: TableShape, begun: boolean) => Promise<TablePart>;

/** What a list gives, once its query is resolved. */
export interface Selection {
  /** Everything that was asked, resolved, defaults spelled out. */
  echo: Record<string, unknown>;
  /** A page of rows, each written as JSON with the given fields; with all of them by default. */
  rows: (page: PageRequest, fields?: readonly string[]) => Promise<JsonRow[]>;
  /** A page of whole rows as it is sent, where the store has a quicker way than row by row. */
  page?: (page: PageRequest) => Promise<WrittenPage>;
  /** The same as text, read aside: for tables that are given whole. */
  table?: Table;
  count: () => Promise<number>;
}

const base = z.object(listParameters);
export type ListQuery = z.output<typeof base>;
/** The checked query of any list. */
export type AskedList = ListQuery & { fields?: string[] };

/** A request for a list and the reply to it. */
export interface Exchange {
  request: FastifyRequest;
  reply: FastifyReply;
}

/** A row with some of its fields. */
export const picked = (row: ServedRow, fields?: readonly string[]): Record<string, unknown> =>
  fields === undefined ? row : Object.fromEntries(fields.map((field) => [field, row[field]]));

/** A row that the database did not write as a whole. */
export const jsonRowOf = (row: ServedRow, fields?: readonly string[]): JsonRow => ({
  id: row.id,
  night: row.night,
  json: JSON.stringify(picked(row, fields)),
});
