import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runImport } from '../../src/cli/run-import.js';
import { loadDemo } from '../../src/demo/load-demo.js';
import { operationsOf } from '../../src/http/openapi-operations.js';
import { allPairs } from '../../src/storage/barrage-store.js';
import { claimsAsJson } from '../../src/storage/claim-json.js';
import { ImportStage } from '../../src/storage/import-stage.js';
import { currentVersion } from '../../src/storage/versions.js';
import { Specification as Described } from '../fuzz/specification.js';
import { type Row, row } from '../importers/fixtures.js';
import { operationAt, type SpecDocument } from '../support/answer-checker.js';
import { EventReader, listen } from '../support/event-stream.js';
import { askInEveryWay } from '../support/every-question.js';
import { askForExamples, NDJSON } from '../support/example-requests.js';
import { rowsJob } from '../support/import-rows.js';
import { makeLargeDataset } from '../support/large-dataset.js';
import { takeDownStatements } from '../support/prepared-statements.js';
import { specificationOf } from '../support/specification.js';
import { makeKey, type TestApp, testApp } from '../support/test-app.js';

const CLAIMS = 1_000_000;
const MINUTES_MS = 60_000;

/** Steps that read everything there is; an index made for one query is made from the whole table. */
const WHOLE = /^SCAN |AUTOMATIC/;
/** Tables that stay small however much is recorded: code lists, files, keys. Every other one can be large. */
const SMALL =
  /^(SCAN|SEARCH) (sources|munitions|regions|reporting_eras|imports|secrets|api_keys|__drizzle_migrations)\b/;
/** What is no table: the members of a list, given values, the rows of a query that is judged by itself. */
const NO_TABLE =
  /^SCAN (json_each|pragma_table_info|sqlite_master|(pair|moved|page)\b|CONSTANT ROW|\d+-ROW VALUES|\(subquery-\d+\))/;

/** The tables in which an import lays out its file, which it reads from one end to the other. */
const STAGED = /^SCAN (rows|r|unread|fresh|leftovers|writes|w|needed|stage\.\w+)\b/;

/** Statements that read a whole table on purpose. */
const ON_PURPOSE: readonly { statement: RegExp; why: string }[] = [
  {
    statement: /^select rowid, .* where rowid > \? and .* order by rowid limit \(\? \+ 0\)$/s,
    why: 'the copy for /dataset.sqlite takes every row of every table, a thousand at a time',
  },
  {
    statement:
      /^select version, at from changes where seq = 0 order by at desc, version desc limit 1$/,
    why: 'the newest version is the first row of the index of first changes from its end',
  },
  {
    statement:
      /^delete from barrages where rowid in \(select rowid from barrages where from_version > \?/,
    why: 'what a killed import left is looked for among all nights, once',
  },
  {
    statement: /^select "defender", min\("night"\), max\("night"\) from "barrages"/,
    why: 'what /dataset covers: one row of an index per night and pair, once per version',
  },
];

let folder: string;
let stage: ImportStage;
let large: Sqlite.Database;
let asked: Set<string>;
let unanswered: string[];
let statements: readonly string[];

/** The steps of a statement's plan. */
function plan(text: string): string[] {
  if (!/^\s*(select|with|insert|update|delete)\b/i.test(text)) return [];
  // Plans do not depend on what is bound.
  const values = Array(text.match(/\?/g)?.length ?? 0).fill(1);
  const steps = large.prepare<unknown[], { detail: string }>(`explain query plan ${text}`);
  return steps.all(...values).map(({ detail }) => detail);
}

/** The steps of a statement's plan that read a large table from end to end, or one of its indexes. */
function fullScans(text: string): string[] {
  const isLarge = (step: string): boolean =>
    ![SMALL, NO_TABLE, STAGED].some((other) => other.test(step));
  return plan(text).filter((step) => WHOLE.test(step) && isLarge(step));
}

/** The steps of a plan, but the first, that go through everything of a pair of parties: they do so for each row before. */
function pairsWithin(text: string): string[] {
  let isWithin = false;
  return plan(text).filter((step) => {
    // Each part of a compound is a query of its own.
    if (/^(LEFT-MOST SUBQUERY|UNION ALL)$/.test(step)) isWithin = false;
    if (!/^(SCAN|SEARCH) /.test(step)) return false;
    const wasWithin = isWithin;
    isWithin = true;
    return wasWithin && /\(attacker=\? AND defender=\?\)/.test(step);
  });
}

async function askEverything(test: TestApp): Promise<void> {
  const spec = await specificationOf<SpecDocument>(test.app);
  const { operations } = new Described(spec);
  const base = await listen(test.app);
  const key = await makeKey(test.db, 'admin');
  await askForExamples(async ({ method, url, body, headers, streamed }) => {
    const id = operationAt(spec, method, url)?.operation.operationId ?? '';
    const isFirst = !asked.has(id);
    asked.add(id);
    if (streamed) {
      const reader = await EventReader.open(`${base}${url}`);
      await reader.next();
      return reader.close();
    }
    const operation = operations.find((one) => one.id === id);
    if (method === 'GET' && isFirst && operation !== undefined) {
      const answered = await askInEveryWay(test, url, operation);
      for (const [name, was] of answered) if (!was) unanswered.push(`${id} ${name}`);
    }
    const lines = () => (body as unknown[]).map((item) => `${JSON.stringify(item)}\n`).join('');
    const response = await test.app.inject({
      ...{ method, url, headers: { authorization: `Bearer ${key}`, ...headers } },
      ...(body !== undefined && {
        payload: headers?.['content-type'] === NDJSON ? lines() : JSON.stringify(body),
      }),
    });
    return response.headers['content-type']?.toString().includes('json')
      ? response.json().data
      : null;
  });
}

const FAILS = 'in the middle';

/** What is done without a request: imports, at once, ahead and in vain, and the export of `npm run export`. */
async function runCommands({ db }: TestApp): Promise<void> {
  const imported = (changes: Row, fewClaims?: number, onProgress?: () => void) => {
    const job = rowsJob([row(changes)], { force: true });
    return runImport(db, job, onProgress, fewClaims);
  };
  for (const launched of ['67.0', '66.0']) await imported({ launched });
  const other = {
    ...{ time_start: '2024-03-05 20:00', time_end: '2024-03-06 06:00' },
    source: 'kpszsu/posts/invented0003',
  };
  const failing = imported(other, 0, () => {
    throw new Error(FAILS);
  });
  await expect(failing).rejects.toThrow(FAILS);
  await imported(other, 0);
  const { version } = await currentVersion(db);
  for (const { attacker, defender } of await allPairs(db)) {
    const filter = { attackers: [attacker], defenders: [defender] };
    await claimsAsJson(db, version, filter, { limit: 2, descending: false });
  }
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'barrage-stats-plans-'));
  await makeLargeDataset(join(folder, 'large.db'), CLAIMS);
  large = new Sqlite(join(folder, 'large.db'));
  // Where an import lays out its file: its statements are asked with it.
  stage = await ImportStage.open();
  large.prepare('attach ? as stage').run(stage.path);
  asked = new Set();
  unanswered = [];
  const taken = takeDownStatements();
  const test = await testApp('file::memory:', { METRICS: 'on' });
  try {
    await loadDemo(test.db);
    await askEverything(test);
    await test.app.inject('/dataset.sqlite');
    asked.add('downloadDataset');
    await test.app.inject('/metrics');
    asked.add('getMetrics');
    await runCommands(test);
  } finally {
    taken.stop();
    await test.close();
  }
  statements = [...taken.texts];
}, 5 * MINUTES_MS);
afterAll(async () => {
  large?.close();
  await stage?.close();
  rmSync(folder, { recursive: true, force: true });
});

describe(`every statement of the service, on ${CLAIMS} claims`, () => {
  it('was prepared: each operation was asked, and each parameter of each read', async () => {
    const test = await testApp();
    const all = operationsOf(await specificationOf(test.app));
    await test.close();
    const ids = all.map(({ operation }) => operation.operationId ?? '');
    expect(ids.filter((id) => !asked.has(id))).toEqual([]);
    expect(unanswered).toEqual([]);
    expect(statements.length).toBeGreaterThan(100);
    expect(large.prepare('select count(*) from claims').pluck().get()).toBeGreaterThan(CLAIMS);
  });

  it('reads no large table from end to end', () => {
    const scans = statements
      .filter((text) => !ON_PURPOSE.some(({ statement }) => statement.test(text)))
      .flatMap((text) => fullScans(text).map((step) => `${step}: ${text}`));
    expect(scans).toEqual([]);
  });

  it('is planned once, not anew for every limit that is bound', () => {
    expect(statements.filter((text) => /\blimit \?/i.test(text))).toEqual([]);
    expect(statements.filter((text) => /\blimit \(/i.test(text))).not.toEqual([]);
  });

  it('goes through all claims of a pair for no row of another table', () => {
    const nested = statements.flatMap((text) =>
      pairsWithin(text).map((step) => `${step}: ${text}`),
    );
    expect(nested).toEqual([]);
    // As a join that is led by few rows would, if it were left to SQLite which index is the better one.
    const text = `select 1 from claims as rival cross join claims
      where rival.alternative_to is not null and claims.attacker = ? and claims.defender = ? and +claims.id = rival.alternative_to`;
    expect(pairsWithin(text)).toEqual([expect.stringContaining('SEARCH claims')]);
  });

  it.each([
    [
      'what a posted claim may repeat, whatever else its night holds',
      /^select id from claims\s+where to_version is null and barrage_id = \?/,
      'claims_natural_key (barrage_id=? AND source=? AND munition=? AND window_start=? AND window_end=?)',
    ],
    [
      'the version of an instant, by its first change',
      /from "changes" where .*"at" <= \?.* order by/,
      'COVERING INDEX changes_by_time (at<?)',
    ],
    [
      'current sums, by their key',
      /from "claim_sums" where .*"to_version" is null/,
      'claim_sums_current (attacker=? AND defender=?',
    ],
  ])('finds %s', (_, statement, step) => {
    const texts = statements.filter((text) => statement.test(text));
    expect(texts).not.toEqual([]);
    for (const text of texts) expect(plan(text).join('\n')).toContain(step);
  });

  it.each(ON_PURPOSE)('but on purpose: $why', ({ statement }) => {
    expect(statements.some((text) => statement.test(text))).toBe(true);
  });

  it.each([
    ['select count(*) from "claims" where "launched" > ?', 'SCAN claims'],
    ['select id from claims as rival order by id limit 1', 'SCAN rival USING COVERING INDEX'],
    ['update changes set reason = ? where actor = ?', 'SCAN changes'],
    ['select slug from sources where exists (select 1 from claims where note = slug)', 'AUTOMATIC'],
  ])('would be found out otherwise: %s', (text, step) => {
    expect(fullScans(text)).toEqual([expect.stringContaining(step)]);
  });
});
