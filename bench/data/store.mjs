// Data files are made once per size and kept; every run works on copies, so that what it writes is gone afterwards.
import { createHash } from 'node:crypto';
import {
  constants,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeImportFile } from './import-file.mjs';
import { makeCsv, makeJson, makePlainSqlite } from './plain-tables.mjs';
import { makeServiceDatabase } from './service-database.mjs';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const KEPT = join(ROOT, '.cache', 'bench');
const WORK = 'work-';

/** Every kind of file, and how it is made. */
const MAKERS = {
  'service.db': makeServiceDatabase,
  'plain.db': makePlainSqlite,
  'plain.csv': makeCsv,
  'plain.json': makeJson,
  'import.csv': makeImportFile,
};
const MADE_BY = ['bench/data', 'migrations', 'src/storage'];

/** Data made by other code is other data. */
function fingerprint() {
  const hash = createHash('sha256');
  for (const folder of MADE_BY) {
    const files = readdirSync(join(ROOT, folder)).filter((name) => /\.(mjs|ts|sql)$/.test(name));
    for (const name of files.sort()) hash.update(readFileSync(join(ROOT, folder, name)));
  }
  return hash.digest('hex').slice(0, 12);
}

async function ensureMade(kind, size, folder) {
  const path = join(folder, `${size}-${kind}`);
  if (existsSync(path)) return path;
  process.stderr.write(`making ${size} ${kind} …\n`);
  const making = mkdtempSync(join(folder, 'making-'));
  await MAKERS[kind](join(making, kind), size);
  renameSync(join(making, kind), path);
  rmSync(making, { recursive: true });
  return path;
}

/** Removes data that other code made, unless another run works on it. */
function removeUnused(folder) {
  if (readdirSync(folder).some((name) => name.startsWith(WORK))) return;
  rmSync(folder, { recursive: true });
}

/** Gives contenders copies of the data to work on. */
export class DataStore {
  #folder;
  #work;
  #count = 0;

  constructor() {
    mkdirSync(KEPT, { recursive: true });
    this.#folder = join(KEPT, fingerprint());
    for (const name of readdirSync(KEPT)) {
      if (join(KEPT, name) !== this.#folder) removeUnused(join(KEPT, name));
    }
    mkdirSync(this.#folder, { recursive: true });
    this.#work = mkdtempSync(join(this.#folder, WORK));
  }

  /** A file of its own for one contender. @param kind a key of MAKERS */
  async copy(kind, size) {
    const master = await ensureMade(kind, size, this.#folder);
    const path = join(this.#work, `${this.#count++}-${kind}`);
    copyFileSync(master, path, constants.COPYFILE_FICLONE);
    return path;
  }

  /** An empty place for what a contender makes by itself. */
  place(name) {
    return join(this.#work, `${this.#count++}-${name}`);
  }

  clear() {
    rmSync(this.#work, { recursive: true, force: true });
  }
}
