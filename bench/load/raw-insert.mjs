// What SQLite itself takes for batches: 1,000 rows a durable transaction into a plain table, without HTTP, checks,
// versions or a log of changes. node raw-insert.mjs '{"folder", "seconds"}'
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { makePlainSqlite } from '../data/plain-tables.mjs';
import { plainClaim } from './bodies.mjs';

const BATCH = 1_000;
const EMPTY = 0;
const { folder, seconds } = JSON.parse(process.argv[2]);
const path = join(folder, 'raw.db');
makePlainSqlite(path, EMPTY);
const db = new Sqlite(path);
db.pragma('synchronous = FULL');
const columns = Object.keys(plainClaim(0));
const marks = columns.map((name) => `@${name}`);
const insert = db.prepare(`insert into claims (${columns}) values (${marks})`);
let count = 0;
const batch = db.transaction(() => {
  for (let index = 0; index < BATCH; index += 1) insert.run(plainClaim(count++));
});
const cpu = process.cpuUsage();
const begun = performance.now();
const end = begun + seconds * 1_000;
while (performance.now() < end) batch();
const per_second = (count * 1_000) / (performance.now() - begun);
const { user, system } = process.cpuUsage(cpu);
db.close();
for (const suffix of ['', '-wal', '-shm']) rmSync(path + suffix, { force: true });
process.stdout.write(JSON.stringify({ per_second, cpu_us: (user + system) / count }));
