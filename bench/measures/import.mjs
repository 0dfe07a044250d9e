// The command-line import of as many rows as the size has claims, into the database that the service serves meanwhile.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { statusBytes } from '../contenders/process.mjs';
import { flagsOf } from '../contenders/service.mjs';
import { SIZES } from '../data/cells.mjs';
import { REQUESTS } from '../load/requests.mjs';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const COMMAND = join(ROOT, 'dist/cli/import.js');
const FLAGS = flagsOf(ROOT, 'import');
const MIB = 1_048_576;
const WRITE_EVERY_MS = 100;

function startImport(url, file) {
  const env = { ...process.env, NODE_ENV: 'production', DATABASE_URL: url };
  const begun = performance.now();
  const child = spawn(process.execPath, [...FLAGS, COMMAND, file], {
    env,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (chunk) => {
    said += chunk;
  });
  const ended = new Promise((resolve, reject) => {
    child.once('close', (code) => {
      if (code === 0) resolve(performance.now() - begun);
      else reject(new Error(`the import ended with ${code}: ${said.slice(-200)}`));
    });
  });
  return { ended, pid: child.pid, isRunning: () => child.exitCode === null };
}

/**
 * Writes now and then for as long as the import runs.
 *
 * @returns how long it took at most until a write was done, those that were refused before it included, and refusals
 */
async function writeBeside(running, field, isRunning, look) {
  const first = field.numbers();
  const held = { held_ms: 0, writes: 0, refused_writes: 0 };
  let waiting = null;
  const seen = () => {
    held.held_ms = Math.max(held.held_ms, performance.now() - waiting);
  };
  while (isRunning()) {
    const request = REQUESTS.service.claim(first + held.writes, running);
    waiting ??= performance.now();
    const { status } = await running.client.ask(request);
    held.writes += 1;
    if (status >= 300) held.refused_writes += 1;
    else {
      seen();
      waiting = null;
    }
    look();
    await pause(WRITE_EVERY_MS);
  }
  if (waiting !== null) seen();
  return held;
}

async function importRound(field) {
  const running = await field.running('service');
  const file = await field.store.copy('import.csv', field.size);
  const { ended, pid, isRunning } = startImport(running.launch.env.DATABASE_URL, file);
  let most = 0;
  const look = () => {
    most = Math.max(most, statusBytes(pid, 'VmHWM') || 0);
  };
  const [ms, held] = await Promise.all([ended, writeBeside(running, field, isRunning, look)]);
  return { value: (SIZES[field.size] * 1_000) / ms, most_mib: most / MIB, ...held };
}

export const imports = [
  {
    id: 'import',
    title: 'command-line import beside a running service',
    unit: 'rows/s',
    better: 'higher',
    yardstick: null,
    // The same file again would change nothing.
    most_rounds: 1,
    contenders: ['service'],
    round: importRound,
  },
];
