// The built server, started from an empty folder as an operator would: does it answer, and how soon?
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from './setup.mjs';

const START_LIMIT_MS = 10_000;
const folder = mkdtempSync(join(tmpdir(), 'smoke-'));
const started = performance.now();
const server = spawn(process.execPath, [join(ROOT, 'dist/main.js')], {
  cwd: folder,
  env: { ...process.env, PORT: '0', LOG_LEVEL: 'silent' },
  stdio: ['ignore', 'pipe', 'inherit'],
});

/** The address that the server prints once it listens. */
function address() {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('the server did not start')), START_LIMIT_MS);
    let printed = '';
    server.stdout.on('data', (chunk) => {
      printed += chunk;
      const [, found] = /listens on (\S+)/.exec(printed) ?? [];
      if (found === undefined) return;
      clearTimeout(timer);
      resolve(found);
    });
    server.once('exit', (code) => reject(new Error(`the server ended with ${code}`)));
  });
}

async function expectAnswer(url, holds) {
  const response = await fetch(url);
  const text = await response.text();
  if (response.status !== 200 || !holds(text)) {
    throw new Error(`${url}: ${response.status} ${text.slice(0, 300)}`);
  }
}

try {
  const base = await address();
  await expectAnswer(`${base}/stats`, (text) => JSON.parse(text).data.launched === 67);
  const ms = Math.round(performance.now() - started);
  await expectAnswer(`${base}/healthz`, (text) => JSON.parse(text).status === 'ok');
  await expectAnswer(`${base}/openapi.yaml`, (text) => text.startsWith('openapi: 3.1'));
  process.stdout.write(`smoke: first /stats ${ms} ms after the start in an empty folder\n`);
} catch (error) {
  process.stderr.write(`smoke: ${error.message}\n`);
  process.exitCode = 1;
} finally {
  server.removeAllListeners('exit');
  const ended = new Promise((resolve) => server.once('exit', resolve));
  server.kill('SIGTERM');
  await ended;
  rmSync(folder, { recursive: true });
}
