import { readConfig } from '../config.js';
import { barrageKey } from '../domain/barrage.js';
import { listedClaimSchema } from '../http/schemas/records.js';
import { servedClaim } from '../http/served.js';
import { columnsOf, csvOf, ndjsonOf } from '../http/tabular.js';
import { listClaims } from '../storage/claim-store.js';
import { listSources } from '../storage/code-list-store.js';
import { Database } from '../storage/database.js';
import { currentVersion } from '../storage/versions.js';
import { parseArguments, runCommand, UsageError } from './arguments.js';

const FORMATS = ['csv', 'ndjson'] as const;
const USAGE = `Usage: npm run export -- --format ${FORMATS.join('|')}
  Writes all current claims to standard output, as /claims?format=… gives them.`;
const PAGE = 500;

const COLUMNS = columnsOf(listedClaimSchema);

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
  const sources = await listSources(db, version);
  let after: { night: string; id: string } | undefined;
  for (let first = true; first || after !== undefined; first = false) {
    const claims = await listClaims(db, version, {}, { limit: PAGE, descending: false, after });
    const rows = claims.map((claim) => servedClaim(claim, sources, false));
    process.stdout.write(format === 'csv' ? csvOf(COLUMNS, rows, first) : ndjsonOf(rows));
    const last = claims.length === PAGE ? claims.at(-1) : undefined;
    after = last && { night: barrageKey(last.barrage_id).night, id: last.id };
  }
  await db.close();
});
