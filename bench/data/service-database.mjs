// A database of the service: made by its own migrations and its own write path for the code lists; the claims go into
// the migrated tables by prepared inserts, as one dataset version per night with its log of changes.
import Sqlite from 'better-sqlite3';
import {
  SYNTHETIC_ERAS,
  SYNTHETIC_MUNITIONS,
  SYNTHETIC_NOTE,
  SYNTHETIC_SOURCES,
} from '../../src/demo/synthetic-nights.ts';
import { commit } from '../../src/storage/commit.ts';
import { Database } from '../../src/storage/database.ts';
import { insertInto } from '../../src/storage/statements.ts';
import * as tables from '../../src/storage/tables.ts';
import { currentVersion } from '../../src/storage/versions.ts';
import { PAIR } from './cells.mjs';
import { claims } from './claims.mjs';
import { rebuildDerived } from './derived.mjs';

const CAUSE = { actor: 'benchmark data', reason: SYNTHETIC_NOTE };
const ORDINARY = { category: 'uav', aliases: [], components: [] };
const MORE_MUNITIONS = [
  { slug: 'synthetic-ballistic-missile', name: 'Synthetic ballistic missile' },
  { slug: 'synthetic-jet-uav', name: 'Synthetic jet UAV' },
  { slug: 'synthetic-decoy', name: 'Synthetic decoy' },
  { slug: 'synthetic-glide-bomb', name: 'Synthetic glide bomb' },
].map((munition) => ({ ...ORDINARY, ...munition }));
MORE_MUNITIONS[0].category = 'ballistic_missile';
MORE_MUNITIONS[3].category = 'guided_bomb';

/** What a claim says nothing about. */
const UNSAID = {
  cited_by: [],
  launch_places: [],
  affected_regions: [],
  regions: [],
  flags: [],
  timezone: 'Etc/UTC',
  origin: 'client',
};

async function recordCodeLists(db) {
  await commit(db, CAUSE, async (draft) => {
    for (const source of SYNTHETIC_SOURCES) draft.create('source', source);
    for (const munition of [...SYNTHETIC_MUNITIONS, ...MORE_MUNITIONS])
      draft.create('munition', munition);
    for (const era of SYNTHETIC_ERAS) draft.create('reporting_era', era);
  });
  return currentVersion(db);
}

/** Inserts rows into a table in the order of their columns; every statement is prepared once. */
function inserter(connection) {
  const prepared = new Map();
  return (table, row) => {
    const { sql, params } = insertInto(table, row);
    if (!prepared.has(sql)) prepared.set(sql, connection.prepare(sql));
    prepared.get(sql).run(params);
  };
}

/** Writes nights as versions, each a millisecond after the one before. */
class Nights {
  #night = '';
  #seq = 0;

  constructor(insert, { version, at }) {
    this.insert = insert;
    this.version = version;
    this.at = Date.parse(at);
  }

  add(claim) {
    const { night, ...content } = claim;
    if (night !== this.#night) this.#begin(night, claim.barrage_id);
    this.insert(tables.claims, { ...UNSAID, ...content, ...this.#versioned() });
    this.#log('claim', claim.id);
  }

  #begin(night, id) {
    this.#night = night;
    this.#seq = 0;
    this.version += 1;
    this.at += 1;
    const barrage = { id, ...PAIR, night, note: SYNTHETIC_NOTE };
    this.insert(tables.barrages, { ...barrage, ...this.#versioned() });
    this.#log('barrage', id);
  }

  #versioned() {
    const recorded_at = new Date(this.at).toISOString();
    return { revision: 1, from_version: this.version, to_version: null, recorded_at };
  }

  #log(entity, id) {
    const { version } = this;
    const change = { version, seq: this.#seq++, op: 'created', entity, id, revision: 1 };
    const at = new Date(this.at).toISOString();
    this.insert(tables.changes, { ...change, at, actor: CAUSE.actor, fields: [], reason: null });
  }
}

function load(path, size, last) {
  const connection = new Sqlite(path);
  connection.pragma('synchronous = OFF');
  connection.pragma('cache_size = -200000');
  connection.transaction(() => {
    const nights = new Nights(inserter(connection), last);
    for (const claim of claims(size)) nights.add(claim);
    rebuildDerived(connection);
  })();
  connection.pragma('wal_checkpoint(truncate)');
  connection.close();
}

/** Makes the database of a size in a file that is not there yet. */
export async function makeServiceDatabase(path, size) {
  const db = await Database.open(`file:${path}`);
  const last = await recordCodeLists(db);
  await db.close();
  load(path, size, last);
}
