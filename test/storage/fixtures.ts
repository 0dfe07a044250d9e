import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { onTestFinished } from 'vitest';
import { type ClaimContent, claimContentSchema } from '../../src/domain/claim.js';
import { debrisSiteContentSchema } from '../../src/domain/debris-site.js';
import { commit } from '../../src/storage/commit.js';
import { Database } from '../../src/storage/database.js';
import type { Cause, Draft } from '../../src/storage/draft.js';
import type { Content } from '../../src/storage/entities.js';

export const CAUSE: Cause = { actor: 'test', reason: 'a test' };
export const BARRAGE = 'xxa-xxb-2024-03-05';
export const CLAIM = 'clm_00000000000000000000000001';
export const SITE = 'dbs_00000000000000000000000001';

/** A folder that is gone when the test is over. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'barrage-stats-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A database that is closed when the test is over. */
export async function openDatabase(url = 'file::memory:'): Promise<Database> {
  const db = await Database.open(url);
  onTestFinished(() => db.close());
  return db;
}

/** Rows of a query as lists of values. */
export const rows = (db: Database, text: string): Promise<unknown[][]> =>
  db.query.values(sql.raw(text));

/** The first value of the first row of a query. */
export const value = async (db: Database, text: string): Promise<unknown> =>
  (await rows(db, text))[0]?.[0];

export const run = (db: Database, text: string, ...params: unknown[]): Promise<string> =>
  db.write([{ sql: text, params }]);

export const claimRow = (changes: Partial<Content<'claim'>> = {}): Content<'claim'> => ({
  ...(claimContentSchema.parse({
    source: 'xxb-staff',
    munition: 'synthetic-uav',
    window_start: '2024-03-04T20:00',
    window_end: '2024-03-05T06:00',
    launched: 10,
    intercepted: 8,
  }) satisfies ClaimContent),
  id: CLAIM,
  barrage_id: BARRAGE,
  regions: [],
  flags: [],
  origin: 'client',
  ...changes,
});

export const siteRow = (changes: Partial<Content<'debris_site'>> = {}): Content<'debris_site'> => ({
  ...debrisSiteContentSchema.parse({ source: 'xxb-staff', place: 'Synthetic town' }),
  id: SITE,
  barrage_id: BARRAGE,
  ...changes,
});

export const eraRow = (
  changes: Partial<Content<'reporting_era'>> = {},
): Content<'reporting_era'> => ({
  id: 'xxb-a',
  party: 'XXB',
  source: null,
  code: 'A',
  from_night: null,
  to_night: null,
  meaning: 'Synthetic.',
  breaks: [],
  intercepted_includes_suppressed_for: [],
  ...changes,
});

export const sourceRow = (changes: Partial<Content<'source'>> = {}): Content<'source'> => ({
  slug: 'xxb-staff',
  name: 'Synthetic staff',
  party: 'XXB',
  kind: 'official',
  url: null,
  note: null,
  ...changes,
});

export const munitionRow = (changes: Partial<Content<'munition'>> = {}): Content<'munition'> => ({
  slug: 'synthetic-uav',
  name: 'Synthetic UAV',
  category: 'uav',
  aliases: [],
  components: [],
  ...changes,
});

export const barrageRow = (night = '2024-03-05'): Content<'barrage'> => ({
  id: `xxa-xxb-${night}`,
  attacker: 'XXA',
  defender: 'XXB',
  night,
  note: null,
});

/** Writes one of everything as one dataset version. */
export function seed(db: Database): Promise<void> {
  return commit(db, CAUSE, async (draft) => {
    draft.create('source', sourceRow());
    draft.create('munition', munitionRow());
    draft.create('reporting_era', eraRow());
    draft.create('barrage', barrageRow());
    draft.create('claim', claimRow());
    draft.create('debris_site', siteRow());
  });
}

/** One write of whatever is put into the draft. */
export const write = (db: Database, build: (draft: Draft) => void): Promise<void> =>
  commit(db, CAUSE, async (draft) => build(draft));
