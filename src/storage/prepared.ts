import { fillPlaceholders, type Query, sql } from 'drizzle-orm';
import { LRUCache } from 'lru-cache';
import type { Database } from './database.js';
import type { JsonRow } from './json-text.js';

type Values = Record<string, unknown>;

const SHAPES_MAX = 300;

const isPart = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** Walks the values of a question. A switch is no value: it decides what the query is. */
function eachValue(question: object, visit: (name: string, value: unknown) => void, path = '') {
  for (const key of Object.keys(question)) {
    const value: unknown = Reflect.get(question, key);
    if (value === undefined) continue;
    const name = `${path}${key}`;
    if (isPart(value)) {
      // An empty list is a condition too: it lets nothing through.
      visit(`${name}(`, undefined);
      eachValue(value, visit, `${name}.`);
    } else visit(name, value);
  }
}

/** What of a question makes its query another one, and the values that are bound to it. */
function shapeOf(question: object): { shape: string; values: Values } {
  const values: Values = {};
  let shape = '';
  eachValue(question, (name, value) => {
    shape += typeof value === 'boolean' ? `${name}=${value};` : `${name};`;
    if (value !== undefined) values[name] = value;
  });
  return { shape, values };
}

/** A question with a placeholder where each value is: what builds a query cannot tell it from one. */
function outlineOf<Q extends object>(question: Q, path = ''): Q {
  const outlined = (name: string, value: unknown): unknown => {
    if (isPart(value)) return outlineOf(value, `${name}.`);
    return value === undefined || typeof value === 'boolean' ? value : sql.placeholder(name);
  };
  if (Array.isArray(question)) {
    return question.map((value, index) => outlined(`${path}${index}`, value)) as unknown as Q;
  }
  const entries = Object.entries(question);
  return Object.fromEntries(entries.map(([key, value]) => [key, outlined(path + key, value)])) as Q;
}

interface Compiled<T> {
  all(values: Values): Promise<T[]>;
  values(values: Values): Promise<unknown[][]>;
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
  const { shape, values } = shapeOf(question);
  const key = `${kind} ${name}:${shape}`;
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
  return { sql: query.sql, params: fillPlaceholders(query.params, values) };
}

/** The same of a query for id, night and JSON: drizzle takes 30 µs to make objects of the rows of a page. */
export async function preparedJson<Q extends object>(
  db: Database,
  name: string,
  question: Q,
  build: (outline: Q) => { prepare(): Pick<Compiled<JsonRow>, 'values'> },
): Promise<JsonRow[]> {
  const { query, values } = compiledFor(db, 'run', name, question, (outline) =>
    build(outline).prepare(),
  );
  const rows = (await query.values(values)) as [string, string, string][];
  return rows.map(([id, night, json]) => ({ id, night, json }));
}

/** The same of a query for one text: drizzle takes longer to make an object of a row than SQLite to find it. */
export function preparedTexts<Q extends object>(
  db: Database,
  name: string,
  question: Q,
  build: Buildable<Q>,
): Promise<string[]> {
  const { sql: text, params } = spelledOut(db, name, question, build);
  return db.texts(text, params);
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
