import { stringify } from 'csv-stringify/sync';
import { readConfig } from '../config.js';
import { barrageKey } from '../domain/barrage.js';
import { claimContentSchema } from '../domain/claim.js';
import { listClaims, type StoredClaim } from '../storage/claim-store.js';
import { Database } from '../storage/database.js';
import { currentVersion } from '../storage/versions.js';
import { parseArguments, runCommand, UsageError } from './arguments.js';

const FORMATS = ['csv', 'ndjson'] as const;
const USAGE = `Usage: npm run export -- --format ${FORMATS.join('|')}
  Writes all current claims to standard output.`;
const PAGE = 500;

const HEADER = [
  'id',
  'revision',
  'barrage_id',
  'attacker',
  'defender',
  'night',
  ...Object.keys(claimContentSchema.shape),
  'regions',
  'flags',
  'origin',
  'recorded_at',
] as const;

function recordOf(claim: StoredClaim): Record<string, unknown> {
  const { id, revision, barrage_id, content, regions, flags, origin, recorded_at } = claim;
  const key = barrageKey(barrage_id);
  return { id, revision, barrage_id, ...key, ...content, regions, flags, origin, recorded_at };
}

// A list or a map is JSON inside its cell; null, and a list with nothing in it, is an empty cell.
function cell(value: unknown): unknown {
  if (value === null || (Array.isArray(value) && value.length === 0)) return '';
  return typeof value === 'object' ? JSON.stringify(value) : value;
}

function csvOf(records: readonly Record<string, unknown>[], withHeader: boolean): string {
  const rows = records.map((record) => HEADER.map((name) => cell(record[name])));
  return stringify(withHeader ? [[...HEADER], ...rows] : rows, {
    record_delimiter: 'windows',
    escape_formulas: true,
  });
}

const ndjsonOf = (records: readonly Record<string, unknown>[]): string =>
  records.map((record) => `${JSON.stringify(record)}\n`).join('');

// A reader that has seen enough (`| head`) closes the pipe; that is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) =>
  process.exit(error.code === 'EPIPE' ? 0 : 1),
);

await runCommand(async () => {
  const { values } = parseArguments(
    { options: { format: { type: 'string', default: 'csv' } } },
    USAGE,
  );
  const format = FORMATS.find((known) => known === values.format);
  if (format === undefined) throw new UsageError(`--format is ${FORMATS.join(' or ')}\n${USAGE}`);
  const db = await Database.open(readConfig().DATABASE_URL);
  const { version } = await currentVersion(db);
  let after: { night: string; id: string } | undefined;
  for (let first = true; first || after !== undefined; first = false) {
    const claims = await listClaims(db, version, {}, { limit: PAGE, descending: false, after });
    const records = claims.map(recordOf);
    process.stdout.write(format === 'csv' ? csvOf(records, first) : ndjsonOf(records));
    const last = claims.length === PAGE ? claims.at(-1) : undefined;
    after = last && { night: barrageKey(last.barrage_id).night, id: last.id };
  }
  await db.close();
});
