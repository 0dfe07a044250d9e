import { getTableName } from 'drizzle-orm';
import type { Operation } from '../domain/change.js';
import type { ClaimContent } from '../domain/claim.js';
import { keepSums, keepSumsBySpan, type WrittenSpan } from './claim-sums.js';
import { COMMIT_INSTANT } from './commit-instant.js';
import { type Content, ENTITY_TABLES, type Entity } from './entities.js';
import type { Idempotency } from './idempotency.js';
import { insertPosted, insertRevision, type PostedClaim, type Statement } from './statements.js';

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

/** What a row of the log says that its version and its place do not. */
interface Entry {
  op: Operation;
  entity: Entity;
  id: string;
  revision: number;
  fields: readonly string[];
  reason: string | null;
}

/** Some rows of the log, one after the other; bound when they are run, like every row of which there may be thousands. */
class LogStatement implements Statement {
  constructor(
    readonly sql: string,
    private readonly logged: readonly Entry[],
    private readonly version: number,
    private readonly actor: string,
    private readonly from: number,
    private readonly count: number,
  ) {}

  get params(): readonly unknown[] {
    const bound: unknown[] = [];
    for (let seq = this.from; seq < this.from + this.count; seq += 1) {
      const { op, entity, id, revision, fields, reason } = this.logged[seq] as Entry;
      bound.push(this.version, seq, COMMIT_INSTANT, this.actor, op, entity, id, revision);
      bound.push(JSON.stringify(fields), reason);
    }
    return bound;
  }
}

/** Everything that one dataset version will write, gathered before any of it is written. */
export class Draft {
  // Closings go first: two records may trade natural keys within one version.
  readonly #closings: Statement[] = [];
  readonly #insertions: Statement[] = [];
  readonly #logged: Entry[] = [];
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
    const derived = this.#writesClaims ? keepSums(this.version) : [];
    return [...this.#closings, ...this.#log(), ...this.#insertions, ...derived];
  }

  /** There is a row for every row that is written: many at once take two thirds of the time. */
  #log(): Statement[] {
    const { length } = this.#logged;
    const statements: Statement[] = [];
    for (let from = 0; from < length; ) {
      const count = length - from < LOGGED_AT_ONCE ? 1 : LOGGED_AT_ONCE;
      const sql = count === 1 ? LOG_ONE : LOG_MANY;
      statements.push(
        new LogStatement(sql, this.#logged, this.version, this.cause.actor, from, count),
      );
      from += count;
    }
    return statements;
  }

  /** Writes the first revision of an entity, or the next one after a retraction. */
  create<E extends Entity>(entity: E, content: Content<E>, revision = 1): void {
    this.#insert(entity, content, revision);
    this.#note('created', entity, this.#key(entity, content), revision, []);
  }

  /** Writes the first revision of a claim that was posted. */
  createPosted(content: ClaimContent, claim: PostedClaim): void {
    this.#insertions.push(insertPosted(content, claim, this.version));
    this.#note('created', 'claim', claim.id, 1, []);
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
    this.#note('corrected', entity, id, revision + 1, fields, reason);
  }

  /** Closes the current revision for good; older versions of the dataset keep it. */
  retract(entity: Entity, id: string, revision: number, reason = this.cause.reason): void {
    this.#close(entity, id, revision);
    this.#note('retracted', entity, id, revision, [], reason);
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

  #insert(entity: Entity, content: object, revision: number): void {
    const { table } = ENTITY_TABLES[entity];
    this.#insertions.push(insertRevision(table, content, revision, this.version));
  }

  #close(entity: Entity, id: string, revision: number): void {
    const { table, key } = ENTITY_TABLES[entity];
    const sql = `update "${getTableName(table)}" set to_version = ? where "${key}" = ? and revision = ? and to_version is null`;
    this.#closings.push({ sql, params: [this.version, id, revision] });
  }

  #note(
    op: Operation,
    entity: Entity,
    id: string,
    revision: number,
    fields: readonly string[],
    reason: string | null = this.cause.reason,
  ): void {
    this.#logged.push({ op, entity, id, revision, fields, reason });
    this.#writesClaims ||= entity === 'claim';
    this.#writesLists ||= LISTED.has(entity);
  }
}
