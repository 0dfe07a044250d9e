import { and, asc, eq, inArray, max, min, type SQL, sql } from 'drizzle-orm';
import { claimContentSchema } from '../domain/claim.js';
import { type ClaimFilter, claimCondition } from './claim-filter.js';
import type { Database } from './database.js';
import { type JsonFields, type JsonRow, jsonColumns, jsonObject, jsonOf } from './json-text.js';
import { ahead, keyset, type PageRequest, type Position } from './page.js';
import { preparedRecords, preparedRows } from './prepared.js';
import { claims, imports, sources } from './tables.js';
import { visibleAt } from './versions.js';

type ContentKey = keyof typeof claimContentSchema.shape;
const CONTENT = Object.keys(claimContentSchema.shape) as ContentKey[];

/** On whose side its source speaks, as it was described at a version: `sideOf` in SQL, which a test compares. */
const sideAt = (db: Database, version: number): SQL => {
  const party = db.query
    .select({ party: sources.party })
    .from(sources)
    .where(and(eq(sources.slug, claims.source), visibleAt(sources, version)));
  return sql`case ${party} when ${claims.defender} then '"defender"' when ${claims.attacker} then '"attacker"' else '"third_party"' end`;
};

function provenance(withRaw: boolean): SQL {
  const { importer, file_name, sha256, published } = imports;
  const row = jsonObject({
    ...jsonColumns({ importer, file_name, sha256, published, line: claims.import_line }),
    ...(withRaw && { raw: jsonOf(claims.raw) }),
  });
  return sql`case when ${imports.id} is not null and ${claims.raw} is not null and ${claims.import_line} is not null then ${row} else 'null' end`;
}

/**
 * A claim as it is served, in every format and inside a barrage: the one definition, in the order of `claimSchema`.
 *
 * @param withRaw give the published row too
 */
function claimFields(db: Database, version: number, withRaw: boolean): JsonFields {
  const { id, revision, recorded_at, from_version, barrage_id } = claims;
  const { attacker, defender, night, regions, flags, origin, set_by_hand } = claims;
  return {
    ...jsonColumns({ id, revision, recorded_at, dataset_version: from_version, barrage_id }),
    ...jsonColumns({ attacker, defender, night }),
    side: sideAt(db, version),
    ...jsonColumns(Object.fromEntries(CONTENT.map((name) => [name, claims[name]]))),
    ...jsonColumns({ regions, flags, origin, set_by_hand }),
    provenance: provenance(withRaw),
  };
}

const { id, barrage_id } = claims;
const night = sql<string>`${claims.night}`.as('night');

/** Which claims, at which version, are asked for. */
interface Question {
  version: number;
  filter: ClaimFilter;
  page: PageRequest;
}

/** Rows of a page in one; null if there is none. */
interface Joined {
  rows: Buffer | null;
  last: string | null;
}

/** The query for a page of claims in the order (night, id). */
function pageQuery(db: Database, { version, filter, page }: Question, fields?: readonly string[]) {
  const { order, condition } = keyset(claims, page);
  const json = jsonObject(claimFields(db, version, false), fields).as('json');
  return db.query
    .select({ id, night, json })
    .from(claims)
    .leftJoin(imports, eq(claims.import_id, imports.id))
    .where(and(claimCondition(filter, version), condition))
    .orderBy(...order)
    .limit(page.limit);
}

/**
 * Claims that meet a filter at a dataset version, one page in the order (night, id), as they are served.
 *
 * @param fields those to give of every claim; all by default
 */
export function claimsAsJson(
  db: Database,
  version: number,
  filter: ClaimFilter,
  page: PageRequest,
  fields?: readonly string[],
): Promise<JsonRow[]> {
  const question = { version, filter: ahead(filter, page), page };
  return preparedRecords(db, `claims ${fields}`, question, (asked) => pageQuery(db, asked, fields));
}

/** The same page as it is sent, its claims joined by commas, and its last one: half as much to do as row by row. */
export async function claimsJoined(
  db: Database,
  version: number,
  filter: ClaimFilter,
  page: PageRequest,
): Promise<{ rows: Buffer; last: Position | undefined }> {
  const question = { version, filter: ahead(filter, page), page };
  const [joined] = await preparedRecords<typeof question, Joined>(
    db,
    'claims joined',
    question,
    (asked) => {
      const claim = pageQuery(db, asked).as('page');
      const rows = sql`cast(group_concat(${claim.json}, ',') as blob)`.as('rows');
      const last = asked.page.descending ? min : max;
      return db.query
        .select({ rows, last: last(sql`${claim.night} || ' ' || ${claim.id}`).as('last') })
        .from(claim);
    },
  );
  const [night, id] = joined?.last?.split(' ') ?? [];
  const last = night === undefined || id === undefined ? undefined : { night, id };
  return { rows: joined?.rows ?? Buffer.alloc(0), last };
}

/** All claims of some barrages at a dataset version as they are served, by barrage and id. */
export async function claimsOfBarragesAsJson(
  db: Database,
  version: number,
  barrageIds: readonly string[],
): Promise<{ barrage_id: string; json: string }[]> {
  if (barrageIds.length === 0) return [];
  const question = { version, ids: barrageIds };
  return preparedRows(db, 'claims of barrages as JSON', question, ({ version, ids }) =>
    db.query
      .select({ barrage_id, json: jsonObject(claimFields(db, version, false)) })
      .from(claims)
      .leftJoin(imports, eq(claims.import_id, imports.id))
      .where(and(visibleAt(claims, version), inArray(barrage_id, [...ids])))
      .orderBy(asc(barrage_id), asc(id)),
  );
}

/** One claim at a dataset version as it is served alone, the published row included, with its revision; null if there is none. */
export async function claimAsJson(
  db: Database,
  version: number,
  claimId: string,
): Promise<{ revision: number; json: string } | null> {
  const question = { version, claimId };
  const [row] = await preparedRows(db, 'claim', question, ({ version, claimId }) =>
    db.query
      .select({ revision: claims.revision, json: jsonObject(claimFields(db, version, true)) })
      .from(claims)
      .leftJoin(imports, eq(claims.import_id, imports.id))
      .where(and(eq(id, claimId), visibleAt(claims, version))),
  );
  return row ?? null;
}
