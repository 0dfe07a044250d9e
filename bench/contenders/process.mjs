// A contender as a process of its own: started, asked until it answers, watched and ended.
import { spawn } from 'node:child_process';
import { openSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

const START_LIMIT_MS = 120_000;
const RETRY_MS = 5;
const STOP_LIMIT_MS = 5_000;
// Linux counts processor time in hundredths of a second.
const TICKS = 100;
const KIB = 1024;
const USER_TIME = 11;

// Nobody is left behind, however the benchmark ends.
const alive = new Set();
process.once('exit', () => {
  for (const child of alive) child.kill();
});

/** A port that nobody listens on. */
export function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** A number of KiB that the kernel tells of a process, in bytes; null where there is no such kernel. */
export function statusBytes(pid, name) {
  try {
    const text = readFileSync(`/proc/${pid}/status`, 'utf8');
    return Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(text)?.[1]) * KIB;
  } catch {
    return null;
  }
}

export class ContenderProcess {
  #child;
  #log;

  /** @param start command, args, env, cwd, log: the file for its output; ready: the path that must answer */
  constructor({ command = process.execPath, args, env = {}, cwd, log, port, ready = '/' }) {
    this.url = `http://127.0.0.1:${port}`;
    this.ready = ready;
    this.#log = log;
    const output = openSync(log, 'a');
    this.begun = performance.now();
    this.#child = spawn(command, args, {
      cwd,
      env: { ...process.env, NODE_ENV: 'production', ...env },
      stdio: ['ignore', output, output],
    });
    alive.add(this.#child);
    this.#child.once('exit', () => alive.delete(this.#child));
    this.#child.once('error', (error) => {
      this.failed = error.message;
    });
  }

  get pid() {
    return this.#child.pid;
  }

  /** Waits for the first answer. @returns ms from the start until then */
  async firstAnswer() {
    for (;;) {
      const { exitCode } = this.#child;
      if (exitCode !== null || this.failed !== undefined) throw new Error(this.#lastWords());
      if (performance.now() - this.begun > START_LIMIT_MS) throw new Error('no answer in time');
      const status = await this.#asked();
      if (status !== null && status < 500) return performance.now() - this.begun;
      await pause(RETRY_MS);
    }
  }

  async #asked() {
    try {
      const response = await fetch(this.url + this.ready);
      await response.arrayBuffer();
      return response.status;
    } catch {
      return null;
    }
  }

  #lastWords() {
    const said = readFileSync(this.#log, 'utf8').trim().split('\n').slice(-3).join(' | ');
    return this.failed ?? `ended with ${this.#child.exitCode}: ${said.slice(-300)}`;
  }

  /** Processor time used so far, in seconds; null where the kernel does not tell. */
  cpuSeconds() {
    try {
      const stat = readFileSync(`/proc/${this.pid}/stat`, 'utf8');
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      return (Number(fields[USER_TIME]) + Number(fields[USER_TIME + 1])) / TICKS;
    } catch {
      return null;
    }
  }

  /** How long its log is, in bytes: where to read on from. */
  logLength() {
    return statSync(this.#log).size;
  }

  /** What it logged after a place in its log. */
  loggedSince(place) {
    return readFileSync(this.#log).subarray(place).toString();
  }

  /** Resident memory in bytes, now and at its highest. */
  memory() {
    return { now: statusBytes(this.pid, 'VmRSS'), most: statusBytes(this.pid, 'VmHWM') };
  }

  async stop() {
    if (this.#child.exitCode !== null || this.#child.pid === undefined) return;
    const ended = new Promise((resolve) => this.#child.once('exit', resolve));
    this.#child.kill('SIGTERM');
    const hurry = setTimeout(() => this.#child.kill('SIGKILL'), STOP_LIMIT_MS);
    await ended;
    clearTimeout(hurry);
  }
}
