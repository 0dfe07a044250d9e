import { type SQL, sql } from 'drizzle-orm';
import type { BarrageSpan, WrittenSpan } from './claim-sums.js';
import { COMMIT_INSTANT } from './commit-instant.js';
import type { Database } from './database.js';
import type { Cause } from './draft.js';
import { CLAIM_COLUMNS } from './staged-columns.js';
import type { Statement } from './statements.js';

const COLUMNS = CLAIM_COLUMNS.join(', ');

/** Barrages in which claims are written and that are not there, with the highest revision that each ever had. */
export async function missingBarrages(
  db: Database,
  stage: string,
): Promise<[id: string, last: number][]> {
  return db.query.values<[string, number]>(
    sql.raw(`with needed as (
        select barrage_id as id from ${stage}.fresh union
        select barrage_id from ${stage}.writes where op <> 'retracted')
      select id, coalesce((select max(revision) from main.barrages b where b.id = needed.id), 0) from needed
      where not exists (select 1 from main.barrages b where b.id = needed.id and b.to_version is null) order by id`),
  );
}

// Of those that were compared: new claims first, then corrected ones, both in the order of the file, then what no row
// speaks of.
const ORDER = "op = 'created' desc, line is null, line, seq";
// So many claims are added up at once.
const SPAN_CLAIMS = 20_000;

/** How many claims are written in a barrage. */
export interface BarrageClaims {
  id: string;
  claims: number;
  /** Whether nothing was stored of it. */
  isNew: boolean;
}

/** Barrages whose claims are written together, and how many there are. */
export interface Span extends WrittenSpan {
  claims: number;
}

/** Barrages in the order of their ids, in spans of some size. */
export function spansOf(barrages: readonly BarrageClaims[], size: number): Span[] {
  const spans: Span[] = [];
  for (const { id, claims, isNew } of barrages) {
    const span = spans.at(-1);
    // A barrage that stands here more than once stays in one span.
    if (span !== undefined && (span.last === id || span.claims < size)) {
      span.last = id;
      span.claims += claims;
      span.isNew &&= isNew;
    } else spans.push({ first: id, last: id, claims, isNew });
  }
  return spans;
}

/**
 * The barrages in which claims are opened or closed, in spans of some size.
 *
 * @param fresh those whose rows are taken as they are
 */
export async function spansWritten(
  db: Database,
  stage: string,
  fresh: readonly BarrageClaims[],
): Promise<WrittenSpan[]> {
  const counts = await db.query.values<[string, number]>(
    sql.raw(`select barrage_id, count(*) from ${stage}.writes group by 1
      union all select c.barrage_id, count(*) from ${stage}.writes w join main.claims c on c.id = w.id and c.to_version is null group by 1`),
  );
  const compared = counts.map(([id, claims]) => ({ id, claims, isNew: false }));
  const barrages = [...fresh, ...compared].toSorted((one, other) => (one.id < other.id ? -1 : 1));
  return spansOf(barrages, SPAN_CLAIMS);
}

// The next of the numbers that order the changes of a version.
const NEXT = '(select coalesce(max(seq) + 1, 0) from main.changes where version = ?)';
// So many spans are tried at most, a twentieth of them if that is less, one at least: what is tried is done twice.
const TRIAL_SPANS = 4;
const TRIED_OF = 20;
// What a row takes where nothing was measured, and what the sums that are kept add to what was.
const ROW_MS = 0.03;
const SUMS_SHARE = 1.3;

/** Where the columns of a change come from that are not the version's, each as an expression, and their order. */
interface ChangeColumns {
  op: string;
  revision: string;
  fields: string;
  because: string;
  order: string;
}

/** The statements by which a stage is taken over, as far as they have a text of their own. */
export class Taking {
  readonly #stage: string;
  readonly #version: number;
  readonly #cause: Cause;

  constructor(stage: string, version: number, cause: Cause) {
    this.#stage = stage;
    this.#version = version;
    this.#cause = cause;
  }

  #insert(from: string): string {
    return `insert into main.claims (${COLUMNS}, from_version, to_version, recorded_at)
      select ${COLUMNS}, ?, null, ? from ${this.#stage}.${from}`;
  }

  #change({ op, revision, fields, because, order }: ChangeColumns, from: string): string {
    return `insert into main.changes (version, seq, at, actor, op, entity, id, revision, fields, reason)
      select ?, ${NEXT} + row_number() over (order by ${order}) - 1, ?, ?, ${op}, 'claim', id, ${revision}, ${fields}, ${because}
      from ${this.#stage}.${from}`;
  }

  get #dated(): unknown[] {
    return [this.#version, this.#version, COMMIT_INSTANT, this.#cause.actor, this.#cause.reason];
  }

  closings(): Statement {
    return {
      sql: `update main.claims set to_version = ? where rowid in (
        select c.rowid from ${this.#stage}.writes w join main.claims c
        on c.id = w.id and c.revision = w.revision - (w.op = 'corrected')
        where w.op <> 'created') and to_version is null`,
      params: [this.#version],
    };
  }

  /** Rows that make claims as they are. */
  fresh({ first, last }: BarrageSpan, ms: number): Statement[] {
    // In this order every index grows at its end or at one place after the other, ids being given in it.
    const order = 'barrage_id, id';
    const from = `rows where barrage_id between ? and ? and +barrage_id in (select barrage_id from ${this.#stage}.fresh) order by ${order}`;
    const within = [first, last];
    // From the index alone.
    const change = { op: `'created'`, revision: '1', fields: `'[]'`, because: '?', order };
    return [
      { sql: this.#insert(from), params: [this.#version, COMMIT_INSTANT, ...within], ms },
      {
        sql: this.#change(change, from),
        params: [...this.#dated, ...within],
      },
    ];
  }

  /** Claims that were compared. */
  compared(): Statement[] {
    const because = `? || coalesce(': ' || because, '')`;
    const change = { op: 'op', revision: 'revision', fields: 'fields', because, order: ORDER };
    return [
      {
        // What others name has to be there before them.
        sql: this.#insert(
          `writes where op <> 'retracted' order by alternative_to is not null or independent_of <> '[]', seq`,
        ),
        params: [this.#version, COMMIT_INSTANT],
      },
      { sql: this.#change(change, 'writes'), params: this.#dated },
    ];
  }
}

/**
 * How long a row takes, in ms: tried with the first ones, and undone.
 *
 * @param before what they need to be there
 */
export async function rowMs(
  inside: Database,
  taking: Taking,
  spans: readonly Span[],
  before: readonly Statement[],
): Promise<number> {
  if (spans.length < 2 * TRIAL_SPANS) return ROW_MS;
  const tried = spans.slice(0, Math.min(TRIAL_SPANS, Math.ceil(spans.length / TRIED_OF)));
  const run = async (statements: readonly Statement[]) => {
    for (const { sql: text, params } of statements) {
      const bound = params.map((value) => (value === COMMIT_INSTANT ? TRIAL_INSTANT : value));
      await inside.query.run(boundSql(text, bound));
    }
  };
  await inside.query.run(sql.raw('savepoint trial'));
  await run(before);
  const begun = performance.now();
  await run(tried.flatMap((span) => taking.fresh(span, 0)));
  const took = performance.now() - begun;
  await inside.query.run(sql.raw('rollback to trial'));
  await inside.query.run(sql.raw('release trial'));
  return (took / tried.reduce((sum, { claims }) => sum + claims, 0)) * SUMS_SHARE;
}

const TRIAL_INSTANT = new Date(0).toISOString();

function boundSql(text: string, params: readonly unknown[]): SQL {
  const parts = text.split('?');
  return sql.join(
    parts.flatMap((part, index) =>
      index < params.length ? [sql.raw(part), sql`${params[index]}`] : [sql.raw(part)],
    ),
  );
}

/** Statements that retract the barrages which a version leaves without any claim, debris site or note. */
export function retractEmptied(version: number, { actor, reason }: Cause): Statement[] {
  return [
    {
      sql: `update barrages set to_version = ? where to_version is null and note is null
        and id in (select barrage_id from claims where to_version = ?)
        and not exists (select 1 from claims c where c.barrage_id = barrages.id and c.to_version is null)
        and not exists (select 1 from debris_sites d where d.barrage_id = barrages.id and d.to_version is null)`,
      params: [version, version],
    },
    {
      sql: `insert into changes (version, seq, at, actor, op, entity, id, revision, fields, reason)
        select ?, ${NEXT} + row_number() over (order by id) - 1, ?, ?, 'retracted', 'barrage', id, revision, '[]', ?
        from barrages where to_version = ? and id in (select barrage_id from claims where to_version = ?)`,
      params: [version, version, COMMIT_INSTANT, actor, reason, version, version],
    },
  ];
}
