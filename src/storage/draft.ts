import { getTableName } from 'drizzle-orm';
import type { Operation } from '../domain/change.js';
import type { ClaimContent } from '../domain/claim.js';
import { keepSums, keepSumsBySpan, type WrittenSpan } from './claim-sums.js';
import { type Content, ENTITY_TABLES, type Entity } from './entities.js';
import type { Idempotency } from './idempotency.js';
import {
  current,
  logged,
  logRow,
  type PostedClaim,
  posted,
  postedRow,
  revisionRow,
} from './new-rows.js';
import { insertAll, type NewRow, type Statement } from './statements.js';

/** Who writes, and why. */
export interface Cause {
  actor: string;
  reason: string | null;
  /** A request that comes again with the same key is given the first answer and writes nothing. */
  idempotency?: Idempotency | undefined;
}

const ENTITIES = Object.keys(ENTITY_TABLES) as Entity[];
const noRows = () =>
  Object.fromEntries(ENTITIES.map((entity) => [entity, []])) as Record<Entity, never[]>;
const NO_FIELDS: readonly string[] = [];
const LISTED: ReadonlySet<Entity> = new Set<Entity>(['source', 'munition', 'reporting_era']);

/** Everything that one dataset version will write, gathered before any of it is written. */
export class Draft {
  // Closings go first: two records may trade natural keys within one version.
  readonly #closings: Statement[] = [];
  readonly #logged: NewRow[] = [];
  readonly #rows: Readonly<Record<Entity, NewRow[]>> = noRows();
  readonly #more: Statement[] = [];
  readonly #said: ReturnType<typeof logged>;
  readonly #created: ReturnType<typeof current>;
  #posted: ReturnType<typeof posted> | undefined;
  #writesClaims = false;
  #writesLists = false;

  /** @param firstSeq the number of its first change: 0 publishes the version */
  constructor(
    readonly version: number,
    private readonly cause: Cause,
    private readonly firstSeq = 0,
  ) {
    this.#said = logged(version, cause.actor);
    this.#created = current(version, 1);
  }

  get isEmpty(): boolean {
    return this.#logged.length + this.#more.length === 0;
  }

  /** Whether sources, munitions or reporting eras are written. */
  get writesLists(): boolean {
    return this.#writesLists;
  }

  get statements(): readonly Statement[] {
    const derived = this.#writesClaims ? keepSums(this.version) : [];
    // The log goes before statements that write many rows by themselves, and go on counting; what others name, first.
    const inserted = ENTITIES.flatMap((entity) => insertAll(this.#rows[entity]));
    return [...this.#closings, ...insertAll(this.#logged), ...inserted, ...this.#more, ...derived];
  }

  /** Writes the first revision of an entity, or the next one after a retraction. */
  create<E extends Entity>(entity: E, content: Content<E>, revision = 1): void {
    this.#insert(entity, content, revision);
    this.#note('created', entity, this.#key(entity, content), revision, NO_FIELDS);
  }

  /** Writes the first revision of a claim that was posted. */
  createPosted(content: ClaimContent, claim: PostedClaim): void {
    this.#posted ??= posted(this.version);
    this.#rows.claim.push(postedRow(content, claim, this.#posted));
    this.#note('created', 'claim', claim.id, 1, NO_FIELDS);
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
    this.#note('retracted', entity, id, revision, NO_FIELDS, reason);
  }

  /** Adds a statement that belongs to the write but is not itself versioned. */
  add(statement: Statement): void {
    this.#more.push(statement);
  }

  /** Adds statements that write many claims by themselves. @param spans all their barrages, to be added up span by span */
  addClaims(statements: readonly Statement[], spans: readonly WrittenSpan[]): void {
    this.#more.push(...statements, ...keepSumsBySpan(this.version, spans));
  }

  #key(entity: Entity, content: object): string {
    return String((content as Record<string, unknown>)[ENTITY_TABLES[entity].key]);
  }

  #insert(entity: Entity, content: object, revision: number): void {
    const { table } = ENTITY_TABLES[entity];
    const always = revision === 1 ? this.#created : current(this.version, revision);
    this.#rows[entity].push(revisionRow(table, content, always));
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
    const seq = this.firstSeq + this.#logged.length;
    const said = { seq, op, entity, id, revision, fields, reason };
    this.#logged.push(logRow(said, this.#said));
    this.#writesClaims ||= entity === 'claim';
    this.#writesLists ||= LISTED.has(entity);
  }
}
