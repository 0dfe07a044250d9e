// The same claims as one would keep them for the peers: one plain table with the indexes that these questions want.

import { once } from 'node:events';
import { createWriteStream, writeFileSync } from 'node:fs';
import Sqlite from 'better-sqlite3';
import { claims } from './claims.mjs';

const COLUMNS = [
  'id',
  'night',
  'source',
  'side',
  'munition',
  'scope',
  'basis',
  'window_start',
  'window_end',
  'launched',
  'intercepted',
  'suppressed',
  'url',
  'alternative_to',
];
const TABLE = `create table claims (
  id integer primary key, night text not null, source text not null, side text not null, munition text not null,
  scope text not null, basis text not null, window_start text not null, window_end text not null, launched integer,
  intercepted integer, suppressed integer, url text, alternative_to integer)`;
// Covers every question asked here: the best that a table without kept sums can do.
const COVERING = `create index claims_headline on claims
  (scope, basis, side, alternative_to, night, munition, launched, intercepted, suppressed)`;
const BUFFER_BYTES = 1 << 20;

const numberOf = (id) => (id === null ? null : Number(id.slice('clm_'.length)) + 1);

function* plainClaims(size) {
  for (const claim of claims(size)) {
    yield {
      ...claim,
      id: numberOf(claim.id),
      alternative_to: numberOf(claim.alternative_to),
      side: claim.source.startsWith('xxb') ? 'defender' : 'attacker',
    };
  }
}

/**
 * A SQLite file with the plain table. Its journal is SQLite's own default, so that a peer that sets nothing writes
 * durably: in a write-ahead log the better-sqlite3 of the peers would not wait for the disk.
 */
export function makePlainSqlite(path, size) {
  const connection = new Sqlite(path);
  connection.pragma('synchronous = OFF');
  connection.exec(TABLE);
  const marks = COLUMNS.map((name) => `@${name}`);
  const insert = connection.prepare(`insert into claims (${COLUMNS}) values (${marks})`);
  connection.transaction(() => {
    for (const claim of plainClaims(size)) insert.run(claim);
    connection.exec(COVERING);
  })();
  connection.exec('analyze');
  connection.close();
}

/** A CSV file for databases that load one by themselves. */
export async function makeCsv(path, size) {
  const file = createWriteStream(path, { highWaterMark: BUFFER_BYTES });
  file.write(`${COLUMNS}\n`);
  for (const claim of plainClaims(size)) {
    const row = COLUMNS.map((name) => claim[name] ?? '').join(',');
    if (!file.write(`${row}\n`)) await once(file, 'drain');
  }
  file.end();
  await once(file, 'close');
}

/** A JSON document with all claims in one array. */
export function makeJson(path, size) {
  writeFileSync(path, JSON.stringify({ claims: [...plainClaims(size)] }));
}
