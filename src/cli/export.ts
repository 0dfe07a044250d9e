import { readConfig } from '../config.js';
import { listedClaimSchema } from '../http/schemas/records.js';
import { columnsOf, csvOf } from '../http/tabular.js';
import { claimsAsJson } from '../storage/claim-json.js';
import { Database } from '../storage/database.js';
import type { Position } from '../storage/page.js';
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
  let after: Position | undefined;
  for (let first = true; first || after !== undefined; first = false) {
    const rows = await claimsAsJson(db, version, {}, { limit: PAGE, descending: false, after });
    const texts = rows.map(({ json }) => json);
    process.stdout.write(
      format === 'csv'
        ? csvOf(
            COLUMNS,
            texts.map((text) => JSON.parse(text)),
            first,
          )
        : texts.map((text) => `${text}\n`).join(''),
    );
    after = rows.length === PAGE ? rows.at(-1) : undefined;
  }
  await db.close();
});
