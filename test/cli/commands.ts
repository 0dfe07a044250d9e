import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sql } from 'drizzle-orm';
import { onTestFinished } from 'vitest';
import { Database } from '../../src/storage/database.js';

const DIST = fileURLToPath(new URL('../../dist', import.meta.url));

/** What a command printed and how it ended. */
export interface Ended {
  code: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}

/** A folder with a database of its own, in which the compiled commands are run. */
export interface Installation {
  folder: string;
  url: string;
  start: (entry: string, ...args: string[]) => ChildProcess;
  run: (entry: string, ...args: string[]) => Promise<Ended>;
  file: (name: string, text: string) => string;
  /** Opens the database for as long as it is looked at. */
  look: <T>(at: (db: Database) => Promise<T>) => Promise<T>;
}

export function ended(child: ChildProcess): Promise<Ended> {
  const out = { stdout: '', stderr: '' };
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    out.stdout += text;
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    out.stderr += text;
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve({ code, signal, ...out }));
  });
}

/** The address that a started server prints once it listens. */
export function addressOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let printed = '';
    child.stdout?.on('data', (text: Buffer) => {
      printed += text.toString();
      const [, address] = /listens on (http:\S+)/.exec(printed) ?? [];
      if (address !== undefined) resolve(address);
    });
    child.once('close', () => reject(new Error(`the server ended: ${printed}`)));
  });
}

/** Runs a shell script, which ends at its first failing command. */
export function shell(script: string, cwd: string, settings: NodeJS.ProcessEnv): Promise<Ended> {
  const env = { ...process.env, ...settings };
  return ended(spawn('bash', ['-e', '-o', 'pipefail', '-c', script], { cwd, env }));
}

/** @param settings environment variables besides the database */
export function installation(settings: NodeJS.ProcessEnv = {}): Installation {
  const folder = mkdtempSync(join(tmpdir(), 'barrage-stats-'));
  const url = `file:${join(folder, 'barrages.db')}`;
  const started = new Set<ChildProcess>();
  onTestFinished(() => {
    for (const child of started) if (child.exitCode === null) child.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  });
  const quiet = { PORT: '0', LOG_LEVEL: 'silent', DEMO_DATA: 'off' };
  const env = { ...process.env, DATABASE_URL: url, ...quiet, ...settings };
  const start = (entry: string, ...args: string[]): ChildProcess => {
    const child = spawn(process.execPath, [join(DIST, `${entry}.js`), ...args], {
      cwd: folder,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    started.add(child);
    return child;
  };
  return {
    folder,
    url,
    start,
    run: (entry, ...args) => ended(start(entry, ...args)),
    file: (name, text) => {
      const path = join(folder, name);
      writeFileSync(path, text);
      return path;
    },
    look: async (at) => {
      const db = await Database.open(url);
      try {
        return await at(db);
      } finally {
        await db.close();
      }
    },
  };
}

const COUNTED = [
  'barrages',
  'claims',
  'debris_sites',
  'sources',
  'munitions',
  'changes',
  'imports',
];

/** How many rows each table holds, and the dataset version. */
export async function state(db: Database): Promise<Record<string, unknown>> {
  const counts = COUNTED.map((table) => `(select count(*) from ${table}) as ${table}`);
  const query = `select ${counts.join(', ')}, (select max(version) from changes) as version`;
  const [row = []] = await db.query.values<unknown[]>(sql.raw(query));
  return Object.fromEntries([...COUNTED, 'version'].map((name, index) => [name, row[index]]));
}
