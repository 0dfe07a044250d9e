import Sqlite from 'better-sqlite3';
import { Database } from '../../src/storage/database.js';

const NIGHTS = 1_826;
const CLAIMS_PER_VERSION = 1_000;

// One claim in fifty was corrected once. SQLite makes the rows by itself; the driver binds numbers as reals, so that
// quotients have to be cut.
const FILL = [
  `insert into sources (slug, revision, from_version, recorded_at, name, party, kind)
   values ('xxb-staff', 1, 2, :at, 'Synthetic staff', 'XXB', 'official'),
          ('xxa-ministry', 1, 2, :at, 'Synthetic ministry', 'XXA', 'official')`,
  `insert into munitions (slug, revision, from_version, recorded_at, name, category, aliases, components)
   values ('synthetic-uav', 1, 2, :at, 'Synthetic UAV', 'uav', '[]', '[]'),
          ('synthetic-missile', 1, 2, :at, 'Synthetic missile', 'cruise_missile', '[]', '[]')`,
  `insert into imports (id, version, at, importer, file_name, sha256, published, columns, summary)
   values ('imp_1', 2, :at, 'piterfm', 'large.csv', '00', '2024-01-01', '[]', '{}')`,
  `with recursive n(i) as (select 0 union all select i + 1 from n where i + 1 < :nights)
   insert into barrages (id, revision, from_version, recorded_at, attacker, defender, night)
   select 'xxa-xxb-' || date('2020-01-01', i || ' days'), 1, 2, :at, 'XXA', 'XXB', date('2020-01-01', i || ' days') from n`,
  `with recursive n(i) as (select 0 union all select i + 1 from n where i + 1 < :claims),
   made as (select i, date('2020-01-01', cast(i * :nights / :claims as integer) || ' days') as night,
     'clm_' || printf('%026d', (i * 7919) % 1000003) as id, 2 + cast(i / :per_version as integer) as version from n),
   revised as (select *, 1 as revision, case when i % 50 = 0 then version + 1 end as closed from made
     union all select *, 2, null from made where i % 50 = 0)
   insert into claims (id, revision, from_version, to_version, recorded_at, barrage_id, source, url, cited_by,
     munition, window_start, window_end, timezone, launched, intercepted, suppressed, launch_places, target,
     affected_regions, scope, basis, regions, flags, origin, import_id, import_line, raw)
   select id, revision, version + revision - 1, closed, :at, 'xxa-xxb-' || night,
     iif(i % 5 = 0, 'xxa-ministry', 'xxb-staff'), 'https://example.org/reports/' || i, '[]',
     iif(i % 3 = 0, 'synthetic-missile', 'synthetic-uav'), night || 'T00:00', night || 'T08:00', 'Europe/Kyiv',
     iif(i % 9 = 0, null, i % 50 + 1), i % 25, iif(i % 2 = 0, i % 4, null), '["Kursk oblast","Yeysk"]',
     'target ' || i, '["Kyiv"]', iif(i % 4 = 0, 'regional', 'national'), 'barrage', '["UA-30"]', '[]',
     iif(i % 2 = 0, 'import', 'client'), iif(i % 2 = 0, 'imp_1', null), iif(i % 2 = 0, i + 2, null),
     iif(i % 2 = 0, '{"model":"Synthetic UAV","launched":"12","destroyed":"7"}', null) from revised`,
  `insert into debris_sites (id, revision, from_version, recorded_at, barrage_id, source, url, cited_by, place, region)
   select 'dbs_' || substr(id, 5), 1, from_version, :at, barrage_id, source, url, '[]', 'Place of ' || id, 'UA-30'
   from claims where revision = 1 and rowid % 10 = 0`,
  `insert into changes (version, seq, at, actor, op, entity, id, revision, fields, reason)
   values (2, 0, :at, 'test', 'created', 'source', 'xxb-staff', 1, '[]', null)`,
  `insert into changes (version, seq, at, actor, op, entity, id, revision, fields, reason)
   select from_version, row_number() over (partition by from_version order by rowid) - (from_version > 2), :at, 'test', iif(revision = 1, 'created', 'corrected'), 'claim', id, revision, '[]', 'made' from claims`,
];

interface Definition {
  type: string;
  name: string;
  sql: string;
}

function definitions(connection: Sqlite.Database): Definition[] {
  return connection
    .prepare<[], Definition>(
      "select type, name, sql from sqlite_master where type in ('index', 'trigger') and sql is not null",
    )
    .all();
}

/**
 * Makes a database of many claims over five years of nights, with a history of versions, a tenth as many debris sites
 * and one barrage per night. Its indexes and triggers are the service's own, put back when the rows are in: a million
 * claims take some seconds.
 */
export async function makeLargeDataset(path: string, claims: number): Promise<void> {
  await (await Database.open(`file:${path}`)).close();
  const connection = new Sqlite(path);
  connection.pragma('synchronous = OFF');
  connection.pragma('journal_mode = MEMORY');
  const kept = definitions(connection);
  for (const { type, name } of kept) connection.exec(`drop ${type} "${name}"`);
  const values = {
    // Instants never go back from one version to the next.
    at: connection.prepare('select max(at) from changes').pluck().get(),
    nights: NIGHTS,
    claims,
    per_version: CLAIMS_PER_VERSION,
  };
  connection.transaction(() => {
    for (const text of FILL) connection.prepare(text).run(values);
  })();
  for (const { sql } of kept) connection.exec(sql);
  connection.pragma('journal_mode = WAL');
  connection.close();
}
