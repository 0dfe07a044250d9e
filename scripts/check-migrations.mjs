// npm run migrations:check: the migrations are in order, and the tables in src/storage need no further one.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { ROOT } from './setup.mjs';

const kit = (...args) =>
  spawnSync(process.execPath, [join(ROOT, 'node_modules/drizzle-kit/bin.cjs'), ...args], {
    cwd: ROOT,
    encoding: 'utf8',
  });

const folder = mkdtempSync(join(tmpdir(), 'migrations-'));
try {
  cpSync(join(ROOT, 'migrations'), folder, { recursive: true });
  const before = readdirSync(folder).length;
  const out = ['--dialect', 'sqlite', '--out', relative(ROOT, folder)];
  const schema = ['--schema', './src/storage/tables.ts'];
  for (const { status, stdout, stderr } of [
    kit('check', ...out),
    kit('generate', ...out, ...schema),
  ]) {
    if (status !== 0) throw new Error(stdout + stderr);
  }
  if (readdirSync(folder).length !== before) {
    throw new Error('the tables have changed: npx drizzle-kit generate --name WHAT, then read it');
  }
  process.stdout.write(`migrations: ${before - 1} in order, nothing missing\n`);
} catch (error) {
  process.stderr.write(`migrations: ${error.message}\n`);
  process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true });
}
