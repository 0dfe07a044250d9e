import { getTableName } from 'drizzle-orm';
import type { Operation } from '../domain/change.js';
import type { ClaimContent } from '../domain/claim.js';
import { keepSums, keepSumsBySpan, type WrittenSpan } from './claim-sums.js';
import { COMMIT_INSTANT } from './commit-instant.js';
import { type Content, ENTITY_TABLES, type Entity } from './entities.js';
import type { Idempotency } from './idempotency.js';
import { insertDated, type Statement } from './statements.js';

/** Who writes, and why. */
export interface Cause {
  actor: string;
  reason: string | null;
  /** A request that comes again with the same key is given the first answer and writes nothing. */
  idempotency?: Idempotency | undefined;
}

const LISTED: ReadonlySet<Entity> = new Set<Entity>(['source', 'munition', 'reporting_era']);

const LOG =
  'insert into changes (version, seq, at, actor, op, entity, id, revision, fields, reason) values ';
const LOG_ROW = '(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)';
// Two sizes, so that there are two texts: what is left over is written row by row.
const LOGGED_AT_ONCE = 50;
const LOG_ONE = LOG + LOG_ROW;
const LOG_MANY = LOG + Array(LOGGED_AT_ONCE).fill(LOG_ROW).join(', ');

/** There is a row for every row that is written: many at once take two thirds of the time. */
function logStatements(rows: readonly (readonly unknown[])[]): Statement[] {
  const single = rows.length % LOGGED_AT_ONCE;
  const statements: Statement[] = [];
  for (let from = 0; from < rows.length - single; from += LOGGED_AT_ONCE) {
    statements.push({ sql: LOG_MANY, params: rows.slice(from, from + LOGGED_AT_ONCE).flat() });
  }
  const rest = rows.slice(rows.length - single);
  return [...statements, ...rest.map((params) => ({ sql: LOG_ONE, params }))];
}

/** Everything that one dataset version will write, gathered before any of it is written. */
export class Draft {
  // Closings go first: two records may trade natural keys within one version.
  readonly #closings: Statement[] = [];
  readonly #insertions: Statement[] = [];
  readonly #logged: unknown[][] = [];
  #writesClaims = false;
  #writesLists = false;

  constructor(
    readonly version: number,
    private readonly cause: Cause,
  ) {}

  get isEmpty(): boolean {
    return this.#closings.length + this.#insertions.length === 0;
  }

  /** Whether sources, munitions or reporting eras are written. */
  get writesLists(): boolean {
    return this.#writesLists;
  }

  get statements(): readonly Statement[] {
    // Before statements that write many rows by themselves, and go on counting.
    const logged = logStatements(this.#logged);
    const derived = this.#writesClaims ? keepSums(this.version) : [];
    return [...this.#closings, ...logged, ...this.#insertions, ...derived];
  }

  /** Writes the first revision of an entity, or the next one after a retraction. */
  create<E extends Entity>(entity: E, content: Content<E>, revision = 1): void {
    this.#insert(entity, content, revision);
    this.#log('created', entity, this.#key(entity, content), revision, []);
  }

  /** Writes the first revision of a claim, given in two parts: there may be thousands of them, with 40 fields each. */
  createClaim(content: ClaimContent, beside: Omit<Content<'claim'>, keyof ClaimContent>): void {
    this.#insert('claim', content, 1, beside);
    this.#log('created', 'claim', beside.id, 1, []);
  }

  /** Closes the current revision and opens the next. @param fields the fields that differ */
  correct<E extends Entity>(
    entity: E,
    content: Content<E>,
    revision: number,
    fields: readonly string[],
    reason: string | null = this.cause.reason,
  ): void {
    const id = this.#key(entity, content);
    this.#close(entity, id, revision);
    this.#insert(entity, content, revision + 1);
    this.#log('corrected', entity, id, revision + 1, fields, reason);
  }

  /** Closes the current revision for good; older versions of the dataset keep it. */
  retract(entity: Entity, id: string, revision: number, reason = this.cause.reason): void {
    this.#close(entity, id, revision);
    this.#log('retracted', entity, id, revision, [], reason);
  }

  /** Adds a statement that belongs to the write but is not itself versioned. */
  add(statement: Statement): void {
    this.#insertions.push(statement);
  }

  /** Adds statements that write many claims by themselves. @param spans all their barrages, to be added up span by span */
  addClaims(statements: readonly Statement[], spans: readonly WrittenSpan[]): void {
    this.#insertions.push(...statements, ...keepSumsBySpan(this.version, spans));
  }

  #key(entity: Entity, content: object): string {
    return String((content as Record<string, unknown>)[ENTITY_TABLES[entity].key]);
  }

  #insert(entity: Entity, content: object, revision: number, more: object = {}): void {
    const versioned = { ...more, revision, from_version: this.version, to_version: null };
    type Versioned = 'revision' | 'from_version' | 'to_version';
    const { table } = ENTITY_TABLES[entity];
    const row = content as Omit<(typeof table)['$inferInsert'], 'recorded_at' | Versioned>;
    this.#insertions.push(
      insertDated<typeof table, 'recorded_at', Versioned>(table, row, 'recorded_at', versioned),
    );
  }

  #close(entity: Entity, id: string, revision: number): void {
    const { table, key } = ENTITY_TABLES[entity];
    const sql = `update "${getTableName(table)}" set to_version = ? where "${key}" = ? and revision = ? and to_version is null`;
    this.#closings.push({ sql, params: [this.version, id, revision] });
  }

  #log(
    op: Operation,
    entity: Entity,
    id: string,
    revision: number,
    fields: readonly string[],
    reason: string | null = this.cause.reason,
  ): void {
    const seq = this.#logged.length;
    const named = [this.version, seq, COMMIT_INSTANT, this.cause.actor, op, entity, id];
    this.#logged.push([...named, revision, JSON.stringify(fields), reason]);
    this.#writesClaims ||= entity === 'claim';
    this.#writesLists ||= LISTED.has(entity);
  }
}
