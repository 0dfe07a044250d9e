import { readConfig } from '../config.js';
import { KEY_SCOPES, type KeyScope } from '../domain/api-key.js';
import { Database } from '../storage/database.js';
import { createKey } from '../storage/key-store.js';
import { parseArguments, runCommand, UsageError } from './arguments.js';

const USAGE = `Usage: npm run keys -- create --name NAME --scope ${KEY_SCOPES.join('|')} [--expires DATE]
  --name     whose key it is
  --scope    write: record; admin: also change definitions
  --expires  an instant or a date after which the key is refused`;

const isScope = (scope: string | undefined): scope is KeyScope =>
  KEY_SCOPES.some((known) => known === scope);

function expiryOf(text: string | undefined): string | null {
  if (text === undefined) return null;
  const ms = Date.parse(text);
  if (Number.isNaN(ms) || ms <= Date.now()) {
    throw new UsageError(`--expires "${text}" is no instant in the future\n${USAGE}`);
  }
  return new Date(ms).toISOString();
}

await runCommand(async () => {
  const { values, positionals } = parseArguments(
    {
      allowPositionals: true,
      options: {
        name: { type: 'string' },
        scope: { type: 'string' },
        expires: { type: 'string' },
      },
    },
    USAGE,
  );
  const { name, scope } = values;
  if (positionals.length !== 1 || positionals[0] !== 'create') throw new UsageError(USAGE);
  if (name === undefined || name.trim() === '') throw new UsageError(`--name is needed\n${USAGE}`);
  if (!isScope(scope)) throw new UsageError(`--scope is ${KEY_SCOPES.join(' or ')}\n${USAGE}`);
  const expires_at = expiryOf(values.expires);
  const db = await Database.open(readConfig().DATABASE_URL);
  const { id, secret } = await createKey(db, { name: name.trim(), scope, expires_at });
  await db.close();
  process.stderr.write(
    `Key ${id} (${scope}) for ${name.trim()}. It is shown once and stored only as a hash:\n`,
  );
  process.stdout.write(`${secret}\n`);
});
