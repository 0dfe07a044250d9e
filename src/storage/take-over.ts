import { sql } from 'drizzle-orm';
import type { WrittenSpan } from './claim-sums.js';
import { COMMIT_INSTANT } from './commit-instant.js';
import type { Database } from './database.js';
import type { Cause } from './draft.js';
import { CLAIM_COLUMNS } from './staged-columns.js';
import type { Statement } from './statements.js';

const COLUMNS = CLAIM_COLUMNS.join(', ');

/**
 * Barrages in which a version writes claims and that are not there, with the highest revision that each ever had: what
 * somebody else writes ahead is not there.
 */
export async function missingBarrages(
  db: Database,
  stage: string,
  version: number,
): Promise<[id: string, last: number][]> {
  return db.query.values<[string, number]>(
    sql.raw(`with needed as (
        select barrage_id as id from ${stage}.fresh union
        select barrage_id from ${stage}.writes where op <> 'retracted')
      select id, coalesce((select max(revision) from main.barrages b where b.id = needed.id and b.from_version <= ${version}), 0) from needed
      where not exists (select 1 from main.barrages b where b.id = needed.id and b.to_version is null and b.from_version <= ${version}) order by id`),
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

// So many claims are written by one statement: some 50 ms.
const SPAN_ROWS = 2_000;

/** Barrages in the order of their ids, in spans of some size: with 0, each by itself. */
export function spansOf(barrages: readonly BarrageClaims[], size = SPAN_ROWS): Span[] {
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
 * @param areTogether whether the version writes nothing between them that was added up already
 */
export async function spansWritten(
  db: Database,
  stage: string,
  fresh: readonly BarrageClaims[],
  areTogether: boolean,
): Promise<WrittenSpan[]> {
  const counts = await db.query.values<[string, number]>(
    sql.raw(`select barrage_id, count(*) from ${stage}.writes group by 1
      union all select c.barrage_id, count(*) from ${stage}.writes w join main.claims c on c.id = w.id and c.to_version is null group by 1`),
  );
  const compared = counts.map(([id, claims]) => ({ id, claims, isNew: false }));
  const barrages = [...fresh, ...compared].toSorted((one, other) => (one.id < other.id ? -1 : 1));
  return spansOf(barrages, areTogether ? SPAN_CLAIMS : 0);
}

// The next of the numbers that order the changes of a version.
const NEXT = '(select coalesce(max(seq) + 1, ?) from main.changes where version = ?)';

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
  readonly #firstSeq: number;

  /** @param firstSeq the number of the first change, if there is none yet */
  constructor(stage: string, version: number, cause: Cause, firstSeq = 0) {
    this.#stage = stage;
    this.#version = version;
    this.#cause = cause;
    this.#firstSeq = firstSeq;
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
    const { actor, reason } = this.#cause;
    return [this.#version, this.#firstSeq, this.#version, COMMIT_INSTANT, actor, reason];
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
  fresh(span: Span): Statement[] {
    return this.#whole(span, `select barrage_id from ${this.#stage}.fresh`, []);
  }

  /** Those among them whose barrage is not there, each in a new one. */
  freshWithBarrages(span: Span): Statement[] {
    const { first, last } = span;
    const [of, version] = ['from main.barrages b where b.id = barrage_id', this.#version];
    const insert = `insert into main.barrages (id, revision, from_version, to_version, recorded_at, attacker, defender, night, note)
      select barrage_id, 1 + coalesce((select max(b.revision) ${of}), 0), ?, null, ?,
      upper(substr(barrage_id, 1, 3)), upper(substr(barrage_id, 5, 3)), substr(barrage_id, 9), null
      from ${this.#stage}.fresh where barrage_id between ? and ? and not exists (select 1 ${of} and b.to_version is null)`;
    const made = 'main.barrages where id between ? and ? and from_version = ?';
    const ofMade = [first, last, version];
    const log = `insert into main.changes (version, seq, at, actor, op, entity, id, revision, fields, reason)
      select ?, ${NEXT} + row_number() over (order by id) - 1, ?, ?, 'created', 'barrage', id, revision, '[]', ? from ${made}`;
    return [
      { sql: insert, params: [version, COMMIT_INSTANT, first, last] },
      { sql: log, params: [...this.#dated, ...ofMade] },
      ...this.#whole(span, `select id from ${made}`, ofMade),
    ];
  }

  /** All rows of the barrages of a span that are among others. */
  #whole({ first, last, claims }: Span, among: string, params: readonly unknown[]): Statement[] {
    // In this order every index grows at its end or at one place after the other, ids being given in it.
    const order = 'barrage_id, id';
    const from = `rows where barrage_id between ? and ? and +barrage_id in (${among}) order by ${order}`;
    const within = [first, last, ...params];
    // From the index alone.
    const change = { op: `'created'`, revision: '1', fields: `'[]'`, because: '?', order };
    return [
      {
        sql: this.#insert(from),
        params: [this.#version, COMMIT_INSTANT, ...within],
        count: claims,
      },
      { sql: this.#change(change, from), params: [...this.#dated, ...within] },
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
      params: [version, 0, version, COMMIT_INSTANT, actor, reason, version, version],
    },
  ];
}
