import { readConfig } from '../config.js';
import { listedClaimSchema } from '../http/schemas/records.js';
import { columnsOf, csvOf } from '../http/tabular.js';
import { allPairs } from '../storage/barrage-store.js';
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
const parsed = (text: string): object => JSON.parse(text);

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
  if (format === 'csv') process.stdout.write(csvOf(COLUMNS, [], true));
  // Pair by pair: over all of them there is no index in the order of nights.
  for (const { attacker, defender } of await allPairs(db)) {
    const filter = { attackers: [attacker], defenders: [defender] };
    for (let after: Position | undefined, more = true; more; ) {
      const page = { limit: PAGE, descending: false, after };
      const rows = await claimsAsJson(db, version, filter, page);
      const texts = rows.map(({ json }) => json);
      process.stdout.write(
        format === 'csv'
          ? csvOf(COLUMNS, texts.map(parsed), false)
          : texts.map((text) => `${text}\n`).join(''),
      );
      after = rows.at(-1);
      more = rows.length === PAGE;
    }
  }
  await db.close();
});
