import { fillPlaceholders, type Query, sql } from 'drizzle-orm';
import { LRUCache } from 'lru-cache';
import type { Database } from './database.js';

const SHAPES_MAX = 300;

const isPart = (value: unknown): value is object => typeof value === 'object' && value !== null;
/** A switch is no value: it decides what the query is. */
const isBound = (value: unknown): boolean => value !== undefined && typeof value !== 'boolean';

/** Takes a question apart. @param values is given what is bound to its query @returns what makes the query another one */
function shapeOf(question: object, values: unknown[]): string {
  let shape = '';
  for (const key of Object.keys(question)) {
    const value: unknown = Reflect.get(question, key);
    if (isPart(value)) {
      // An empty list is a condition too: it lets nothing through.
      shape += `${key}(${shapeOf(value, values)})`;
    } else if (isBound(value)) {
      shape += `${key};`;
      values.push(value);
    } else if (value !== undefined) shape += `${key}=${value};`;
  }
  return shape;
}

/**
 * A question with a placeholder where each value is: what builds a query cannot tell it from one. Placeholders are
 * named by their place among the values.
 */
function outlineOf<Q extends object>(question: Q, places = { next: 0 }): Q {
  const outlined = (value: unknown): unknown => {
    if (isPart(value)) return outlineOf(value, places);
    if (!isBound(value)) return value;
    const name = String(places.next);
    places.next += 1;
    return sql.placeholder(name);
  };
  if (Array.isArray(question)) return question.map(outlined) as unknown as Q;
  const entries = Object.entries(question);
  return Object.fromEntries(entries.map(([key, value]) => [key, outlined(value)])) as Q;
}

/** By the place of each among the values. */
type Values = Readonly<Record<number, unknown>>;
interface Compiled<T> {
  all(values: Values): Promise<T[]>;
}
/** How a query is kept: as drizzle runs it, or as its text. */
type Kind = 'run' | 'text';
const compiled = new WeakMap<Database, LRUCache<string, object>>();

/** The query for questions of a shape, and what is to be bound to it. */
function compiledFor<Q extends object, C extends object>(
  db: Database,
  kind: Kind,
  name: string,
  question: Q,
  compile: (outline: Q) => C,
): { query: C; values: Values } {
  let own = compiled.get(db);
  if (own === undefined) {
    own = new LRUCache({ max: SHAPES_MAX });
    compiled.set(db, own);
  }
  const values: unknown[] = [];
  const key = `${kind} ${name}:${shapeOf(question, values)}`;
  let query = own.get(key);
  if (query === undefined) {
    query = compile(outlineOf(question));
    own.set(key, query);
  }
  return { query: query as C, values };
}

/**
 * The rows of a query that is asked over and over with other values. drizzle takes 70 to 200 µs to compile a query,
 * SQLite less than that for a page: each shape is compiled once.
 *
 * @param name of the query; two different ones of one function must not share it
 * @param question everything that the query is made from: strings and numbers are bound, the rest shapes it
 * @param build makes the query from the question, in which placeholders stand for the values
 */
export function preparedRows<Q extends object, T>(
  db: Database,
  name: string,
  question: Q,
  build: (outline: Q) => { prepare(): Pick<Compiled<T>, 'all'> },
): Promise<T[]> {
  const { query, values } = compiledFor(db, 'run', name, question, (outline) =>
    build(outline).prepare(),
  );
  return query.all(values);
}

type Buildable<Q> = (outline: Q) => { toSQL(): Query };

/** The text of a query and what is bound to it, for callers that need nothing else of drizzle. */
function spelledOut<Q extends object>(
  db: Database,
  name: string,
  question: Q,
  build: Buildable<Q>,
): Query {
  const { query, values } = compiledFor(db, 'text', name, question, (outline) =>
    build(outline).toSQL(),
  );
  return {
    sql: query.sql,
    params: fillPlaceholders(query.params, values as Record<string, unknown>),
  };
}

/** The same of a query whose columns have the names of the fields: drizzle takes 30 µs to make the rows of a page. */
export function preparedRecords<Q extends object, T>(
  db: Database,
  name: string,
  question: Q,
  build: Buildable<Q>,
): Promise<T[]> {
  const { sql: text, params } = spelledOut(db, name, question, build);
  return db.rows(text, params);
}

/** Walks through the rows of such a query as lists of values. @see Database.walk */
export function walkPrepared<Q extends object>(
  db: Database,
  name: string,
  question: Q,
  build: Buildable<Q>,
  visit: (row: readonly unknown[]) => void,
): Promise<void> {
  const { sql: text, params } = spelledOut(db, name, question, build);
  return db.walk(text, params, visit);
}
