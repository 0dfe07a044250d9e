import { readConfig } from '../config.js';
import { KEY_SCOPES, type KeyScope } from '../domain/api-key.js';
import { textSchema } from '../domain/text.js';
import { Database } from '../storage/database.js';
import {
  createKey,
  type KeyRecord,
  listKeys,
  type NewKey,
  revokeKey,
  rotateKey,
} from '../storage/key-store.js';
import { parseArguments, runCommand, UsageError } from './arguments.js';

const NAME_MAX = 200;
const USAGE = `Usage: npm run keys -- create --name NAME --scope ${KEY_SCOPES.join('|')} [--expires DATE]
       npm run keys -- list [--json]
       npm run keys -- revoke KEY_ID
       npm run keys -- rotate KEY_ID [--grace 24h]
  --name     whose key it is
  --scope    read: a larger share of requests; write: also record; admin: also change definitions
  --expires  an instant or a date after which the key is refused
  --grace    how long the old key is still taken, as in 30m, 24h, 7d; without it it is refused at once`;

const OPTIONS = {
  create: ['name', 'scope', 'expires'],
  list: ['json'],
  revoke: [],
  rotate: ['grace'],
} as const satisfies Record<string, readonly string[]>;
type Action = keyof typeof OPTIONS;

type Values = {
  name?: string;
  scope?: string;
  expires?: string;
  grace?: string;
  json?: boolean;
};

const isAction = (word: string | undefined): word is Action =>
  word !== undefined && Object.hasOwn(OPTIONS, word);
const isScope = (scope: string | undefined): scope is KeyScope =>
  KEY_SCOPES.some((known) => known === scope);
const misuse = (what: string): UsageError => new UsageError(`${what}\n${USAGE}`);

function expiryOf(text: string | undefined): string | null {
  if (text === undefined) return null;
  const ms = Date.parse(text);
  if (Number.isNaN(ms) || ms <= Date.now()) {
    throw misuse(`--expires "${text}" is no instant in the future`);
  }
  return new Date(ms).toISOString();
}

const UNIT_MS = { m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

function graceOf(text: string | undefined): number {
  if (text === undefined) return 0;
  const [, count, unit] = /^([1-9]\d{0,3})([mhd])$/.exec(text) ?? [];
  if (count === undefined) throw misuse(`--grace "${text}" is no time such as 30m, 24h or 7d`);
  return Number(count) * UNIT_MS[unit as keyof typeof UNIT_MS];
}

async function onDatabase<T>(work: (db: Database) => Promise<T>): Promise<T> {
  const db = await Database.open(readConfig().DATABASE_URL);
  try {
    return await work(db);
  } finally {
    await db.close();
  }
}

function show({ secret }: NewKey, line: string): void {
  process.stderr.write(`${line} It is shown once and stored only as a hash:\n`);
  process.stdout.write(`${secret}\n`);
}

async function create(values: Values): Promise<void> {
  const { scope } = values;
  if (values.name === undefined) throw misuse('--name is needed');
  const name = textSchema(NAME_MAX).safeParse(values.name);
  if (!name.success) throw misuse(`--name is a text of 1 to ${NAME_MAX} characters`);
  if (!isScope(scope)) throw misuse(`--scope is ${KEY_SCOPES.join(' or ')}`);
  const expires_at = expiryOf(values.expires);
  const key = await onDatabase((db) => createKey(db, { name: name.data, scope, expires_at }));
  show(key, `Key ${key.id} (${scope}) for ${name.data}.`);
}

const COLUMNS = ['id', 'name', 'scope', 'created', 'expires', 'revoked', 'last used'];
const cellsOf = (key: KeyRecord): string[] => [
  key.id,
  key.name.replaceAll(/\p{Cc}/gu, ' '),
  key.scope,
  ...[key.created_at, key.expires_at, key.revoked_at, key.last_used_at].map((at) => at ?? '-'),
];

async function list({ json }: Values): Promise<void> {
  const keys = await onDatabase(listKeys);
  if (json) {
    process.stdout.write(keys.map((key) => `${JSON.stringify(key)}\n`).join(''));
    return;
  }
  const rows = [COLUMNS, ...keys.map(cellsOf)];
  const widths = COLUMNS.map((_, at) => Math.max(...rows.map((row) => row[at]?.length ?? 0)));
  const lines = rows.map((row) => row.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join('  '));
  process.stdout.write(`${lines.map((line) => line.trimEnd()).join('\n')}\n`);
}

async function revoke(id: string): Promise<void> {
  const key = await onDatabase((db) => revokeKey(db, id));
  if (key === null) throw new Error(`there is no key ${id}; npm run keys -- list shows them`);
  process.stderr.write(`Key ${id} of ${key.name} is refused since ${key.revoked_at}.\n`);
}

async function rotate(id: string, { grace }: Values): Promise<void> {
  const graceMs = graceOf(grace);
  const key = await onDatabase((db) => rotateKey(db, id, graceMs));
  if (key === null) throw new Error(`${id} is no key in use; npm run keys -- list shows them`);
  const end = graceMs === 0 ? 'refused from now on' : `taken for ${grace} more at most`;
  show(key, `Key ${key.id} takes the place of ${id}, which is ${end}.`);
}

await runCommand(async () => {
  const text = { type: 'string' } as const;
  const { values, positionals } = parseArguments(
    {
      allowPositionals: true,
      options: {
        name: text,
        scope: text,
        expires: text,
        grace: text,
        json: { type: 'boolean' },
      },
    },
    USAGE,
  );
  const [action, id, ...rest] = positionals;
  if (!isAction(action) || rest.length > 0) throw new UsageError(USAGE);
  const foreign = Object.keys(values).find((name) => !OPTIONS[action].some((own) => own === name));
  if (foreign !== undefined) throw misuse(`${action} takes no --${foreign}`);
  if (action === 'create' || action === 'list') {
    if (id !== undefined) throw new UsageError(USAGE);
    return action === 'create' ? create(values) : list(values);
  }
  if (id === undefined) throw misuse(`${action} needs the id of a key`);
  return action === 'revoke' ? revoke(id) : rotate(id, values);
});
