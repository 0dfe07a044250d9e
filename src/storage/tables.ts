// Over 250 lines: the whole schema in one place, as drizzle-kit reads it and as one looks for a column.
import { sql } from 'drizzle-orm';
import {
  check,
  index,
  integer,
  primaryKey,
  real,
  sqliteTable,
  text,
  uniqueIndex,
} from 'drizzle-orm/sqlite-core';
import { KEY_SCOPES } from '../domain/api-key.js';
import { OPERATIONS } from '../domain/change.js';
import {
  ASSERTIONS,
  BASES,
  CLAIM_COUNTS,
  type ClaimContent,
  ORIGINS,
  SCOPES,
} from '../domain/claim.js';
import type { Flag } from '../domain/claim-flags.js';
import type { Measure } from '../domain/measure.js';
import { CATEGORIES } from '../domain/munition.js';
import { SOURCE_KINDS } from '../domain/source.js';
import { CURRENT, countChecks, json, oneOfCheck, versionChecks, versioned } from './columns.js';

export const sources = sqliteTable(
  'sources',
  {
    slug: text().notNull(),
    ...versioned,
    name: text().notNull(),
    party: text(),
    kind: text({ enum: SOURCE_KINDS }).notNull(),
    url: text(),
    note: text(),
  },
  (t) => [
    primaryKey({ columns: [t.slug, t.revision] }),
    uniqueIndex('sources_current').on(t.slug).where(CURRENT),
    oneOfCheck('sources', 'kind', SOURCE_KINDS),
    ...versionChecks('sources'),
  ],
);

export const munitions = sqliteTable(
  'munitions',
  {
    slug: text().notNull(),
    ...versioned,
    name: text().notNull(),
    category: text({ enum: CATEGORIES }).notNull(),
    aliases: json<string[]>().notNull(),
    components: json<string[]>().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.slug, t.revision] }),
    uniqueIndex('munitions_current').on(t.slug).where(CURRENT),
    oneOfCheck('munitions', 'category', CATEGORIES),
    ...versionChecks('munitions'),
  ],
);

export const regions = sqliteTable('regions', {
  code: text().primaryKey(),
  name: text().notNull(),
  country: text().notNull(),
  aliases: json<string[]>().notNull(),
});

export const reportingEras = sqliteTable(
  'reporting_eras',
  {
    id: text().notNull(),
    ...versioned,
    party: text(),
    source: text(),
    code: text().notNull(),
    from_night: text(),
    to_night: text(),
    meaning: text().notNull(),
    breaks: json<Measure[]>().notNull(),
    intercepted_includes_suppressed_for: json<string[]>().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.id, t.revision] }),
    uniqueIndex('reporting_eras_current').on(t.id).where(CURRENT),
    check('reporting_eras_claimant', sql`(party is null) <> (source is null)`),
    check(
      'reporting_eras_dates_ordered',
      sql`from_night is null or to_night is null or from_night <= to_night`,
    ),
    ...versionChecks('reporting_eras'),
  ],
);

export const barrages = sqliteTable(
  'barrages',
  {
    id: text().notNull(),
    ...versioned,
    attacker: text().notNull(),
    defender: text().notNull(),
    night: text().notNull(),
    note: text(),
  },
  (t) => [
    primaryKey({ columns: [t.id, t.revision] }),
    uniqueIndex('barrages_current').on(t.id).where(CURRENT),
    // The id spells the natural key, so what is current has both once.
    index('barrages_by_night').on(t.attacker, t.defender, t.night, t.id),
    check('barrages_id', sql`id = lower(attacker) || '-' || lower(defender) || '-' || night`),
    check('barrages_night', sql`night is date(night)`),
    ...versionChecks('barrages'),
  ],
);

export const claims = sqliteTable(
  'claims',
  {
    id: text().notNull(),
    ...versioned,
    barrage_id: text().notNull(),
    source: text().notNull(),
    url: text(),
    cited_by: json<ClaimContent['cited_by']>().notNull(),
    munition: text().notNull(),
    window_start: text().notNull(),
    window_end: text().notNull(),
    timezone: text().notNull(),
    launched: integer(),
    intercepted: integer(),
    suppressed: integer(),
    left_airspace: integer(),
    left_airspace_to: json<Record<string, number | null>>(),
    still_airborne: integer(),
    strike_uav_min: integer(),
    hit_locations: integer(),
    debris_locations: integer(),
    turbojet: integer(),
    turbojet_intercepted: integer(),
    launch_places: json<string[]>().notNull(),
    target: text(),
    target_main: text(),
    carriers: text(),
    affected_regions: json<string[]>().notNull(),
    intercepted_by_place: json<Record<string, number | null>>(),
    launched_by_munition: json<Record<string, number | null>>(),
    launch_places_by_munition: json<Record<string, string[]>>(),
    scope: text({ enum: SCOPES }).notNull(),
    basis: text({ enum: BASES }).notNull(),
    alternative_to: text(),
    independent_of: json<string[]>().notNull().default([]),
    // Its CHECK stands in the migration that adds the column: in a list here it would rebuild the table.
    assertion: text({ enum: ASSERTIONS }),
    quotation: text(),
    note: text(),
    regions: json<string[]>().notNull(),
    flags: json<Flag[]>().notNull(),
    origin: text({ enum: ORIGINS }).notNull(),
    import_id: text(),
    import_line: integer(),
    raw: json<Record<string, string>>(),
    // Fields corrected by hand since the claim was read from a file: no later file overrules them.
    set_by_hand: json<(keyof ClaimContent)[]>().notNull().default([]),
    // A barrage's id spells its natural key and never changes, so these are one fact stored once.
    attacker: text().generatedAlwaysAs(sql`upper(substr(barrage_id, 1, 3))`),
    defender: text().generatedAlwaysAs(sql`upper(substr(barrage_id, 5, 3))`),
    night: text().generatedAlwaysAs(sql`substr(barrage_id, 9)`),
  },
  (t) => [
    primaryKey({ columns: [t.id, t.revision] }),
    uniqueIndex('claims_current').on(t.id).where(CURRENT),
    uniqueIndex('claims_natural_key')
      .on(
        t.barrage_id,
        t.source,
        t.munition,
        t.window_start,
        t.window_end,
        // Those that may say the same stand together up to here, whatever their addresses.
        sql`coalesce(url, '')`,
        t.launch_places,
        sql`coalesce(target, '')`,
        sql`coalesce(assertion, '')`,
      )
      .where(CURRENT),
    index('claims_by_barrage').on(t.barrage_id),
    // With the versions in it, rows that an old version does not see are passed over without being read.
    index('claims_by_night').on(
      t.attacker,
      t.defender,
      t.night,
      t.id,
      t.from_version,
      t.to_version,
    ),
    index('claims_by_from_version').on(t.from_version),
    index('claims_by_to_version').on(t.to_version).where(sql`to_version is not null`),
    index('claims_by_alternative').on(t.alternative_to).where(sql`alternative_to is not null`),
    index('claims_by_launched')
      .on(t.attacker, t.defender, t.launched)
      .where(sql`launched is not null`),
    index('claims_of_strike_uavs')
      .on(t.attacker, t.defender, t.night)
      .where(sql`strike_uav_min is not null`),
    index('claims_in_contest')
      .on(t.attacker, t.defender, t.night)
      .where(sql`alternative_to is not null`),
    oneOfCheck('claims', 'scope', SCOPES),
    oneOfCheck('claims', 'basis', BASES),
    oneOfCheck('claims', 'origin', ORIGINS),
    check('claims_not_its_own_alternative', sql`alternative_to is null or alternative_to <> id`),
    ...countChecks('claims', CLAIM_COUNTS),
    ...versionChecks('claims'),
  ],
);

export const debrisSites = sqliteTable(
  'debris_sites',
  {
    id: text().notNull(),
    ...versioned,
    barrage_id: text().notNull(),
    source: text().notNull(),
    url: text(),
    via: text(),
    cited_by: json<ClaimContent['cited_by']>().notNull(),
    place: text().notNull(),
    region: text().references(() => regions.code, { onDelete: 'restrict' }),
    latitude: real(),
    longitude: real(),
    fallen: text(),
    damaged: text(),
    killed: integer(),
    injured: integer(),
    note: text(),
    attacker: text().generatedAlwaysAs(sql`upper(substr(barrage_id, 1, 3))`),
    defender: text().generatedAlwaysAs(sql`upper(substr(barrage_id, 5, 3))`),
    night: text().generatedAlwaysAs(sql`substr(barrage_id, 9)`),
  },
  (t) => [
    primaryKey({ columns: [t.id, t.revision] }),
    uniqueIndex('debris_sites_current').on(t.id).where(CURRENT),
    uniqueIndex('debris_sites_natural_key')
      .on(t.barrage_id, t.source, sql`coalesce(url, '')`, t.place)
      .where(CURRENT),
    index('debris_sites_by_barrage').on(t.barrage_id),
    index('debris_sites_by_night').on(t.attacker, t.defender, t.night, t.id),
    check('debris_sites_latitude', sql`latitude is null or latitude between -90 and 90`),
    check('debris_sites_longitude', sql`longitude is null or longitude between -180 and 180`),
    check('debris_sites_coordinates_together', sql`(latitude is null) = (longitude is null)`),
    ...countChecks('debris_sites', ['killed', 'injured']),
    ...versionChecks('debris_sites'),
  ],
);

/**
 * The claims of each dataset version added up per key, so that a statistic costs its answer and not the history. Derived
 * from `claims` in the transaction of each write (`claim-sums.ts`).
 */
export const claimSums = sqliteTable(
  'claim_sums',
  {
    attacker: text().notNull(),
    defender: text().notNull(),
    night: text().notNull(),
    source: text().notNull(),
    munition: text().notNull(),
    scope: text({ enum: SCOPES }).notNull(),
    basis: text({ enum: BASES }).notNull(),
    alternative: integer({ mode: 'boolean' }).notNull(),
    repetition: integer({ mode: 'boolean' }).notNull(),
    assertion: integer({ mode: 'boolean' }).notNull(),
    launched_known: integer({ mode: 'boolean' }).notNull(),
    intercepted_known: integer({ mode: 'boolean' }).notNull(),
    flags: json<Flag[]>().notNull(),
    from_version: integer().notNull(),
    to_version: integer(),
    claims: integer().notNull(),
    launched: integer().notNull(),
    intercepted: integer().notNull(),
    suppressed: integer().notNull(),
    left_airspace: integer().notNull(),
    still_airborne: integer().notNull(),
    hit_locations: integer().notNull(),
    debris_locations: integer().notNull(),
    suppressed_claims: integer().notNull(),
    left_airspace_claims: integer().notNull(),
    still_airborne_claims: integer().notNull(),
    strike_uav_min_claims: integer().notNull(),
    hit_locations_claims: integer().notNull(),
    debris_locations_claims: integer().notNull(),
    suppressed_launched: integer().notNull(),
    left_airspace_launched: integer().notNull(),
    still_airborne_launched: integer().notNull(),
    strike_uav_min_launched: integer().notNull(),
    hit_locations_launched: integer().notNull(),
    debris_locations_launched: integer().notNull(),
  },
  (t) => [
    uniqueIndex('claim_sums_current')
      .on(
        t.attacker,
        t.defender,
        t.night,
        t.source,
        t.munition,
        t.scope,
        t.basis,
        t.alternative,
        t.repetition,
        t.assertion,
        t.launched_known,
        t.intercepted_known,
        t.flags,
      )
      .where(CURRENT),
    // Of those that were closed: the current ones are found by their key, which begins with the same columns.
    index('claim_sums_by_night')
      .on(t.attacker, t.defender, t.night, t.to_version, t.from_version)
      .where(sql`to_version is not null`),
    index('claim_sums_by_from_version').on(t.from_version),
    index('claim_sums_by_to_version').on(t.to_version).where(sql`to_version is not null`),
  ],
);

/** What a request with an Idempotency-Key was answered, written with what it wrote. */
export const idempotencyKeys = sqliteTable(
  'idempotency_keys',
  {
    actor: text().notNull(),
    key: text().notNull(),
    fingerprint: text().notNull(),
    version: integer().notNull(),
    at: text().notNull(),
    result: json<object>().notNull(),
  },
  (t) => [primaryKey({ columns: [t.actor, t.key] }), index('idempotency_keys_by_time').on(t.at)],
);

/** Append-only: one row per entity written; the dataset version is the newest that has a change with `seq` 0. */
export const changes = sqliteTable(
  'changes',
  {
    version: integer().notNull(),
    seq: integer().notNull(),
    at: text().notNull(),
    actor: text().notNull(),
    op: text({ enum: OPERATIONS }).notNull(),
    entity: text().notNull(),
    id: text().notNull(),
    revision: integer().notNull(),
    fields: json<string[]>().notNull(),
    reason: text(),
  },
  (t) => [
    // Two writers that both computed the next version collide here, and one of them starts again.
    primaryKey({ columns: [t.version, t.seq] }),
    index('changes_by_entity').on(t.entity, t.id, t.version),
    // When a version was written is said by its first row.
    index('changes_by_time').on(t.at, t.version).where(sql`seq = 0`),
    oneOfCheck('changes', 'op', OPERATIONS),
  ],
);

export const imports = sqliteTable('imports', {
  id: text().primaryKey(),
  version: integer().notNull().unique(),
  at: text().notNull(),
  importer: text().notNull(),
  file_name: text().notNull(),
  sha256: text().notNull(),
  munitions_sha256: text(),
  published: text().notNull(),
  columns: json<string[]>().notNull(),
  summary: json<Record<string, unknown>>().notNull(),
});

export const apiKeys = sqliteTable(
  'api_keys',
  {
    id: text().primaryKey(),
    name: text().notNull(),
    hash: text().notNull().unique(),
    scope: text({ enum: KEY_SCOPES }).notNull(),
    created_at: text().notNull(),
    expires_at: text(),
    revoked_at: text(),
    last_used_at: text(),
  },
  () => [oneOfCheck('api_keys', 'scope', KEY_SCOPES)],
);

/** Random values that the service keeps to itself, such as what it signs with. */
export const secrets = sqliteTable('secrets', {
  name: text().primaryKey(),
  value: text().notNull(),
  created_at: text().notNull(),
});
