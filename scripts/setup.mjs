// What has to be there before anything else can run: plain JavaScript, no dependencies.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('..', import.meta.url));

const packagesOf = (path) => JSON.parse(readFileSync(join(ROOT, path), 'utf8')).packages;

/** Whether every locked package is installed at its version; npm keeps its own record of what it installed. */
function isInstalled(withDev) {
  const record = 'node_modules/.package-lock.json';
  if (!existsSync(join(ROOT, record))) return false;
  const installed = packagesOf(record);
  return Object.entries(packagesOf('package-lock.json')).every(
    ([path, { version, dev, optional }]) =>
      path === '' || optional || (dev && !withDev) || installed[path]?.version === version,
  );
}

function run(command, args) {
  // What these commands print belongs to the set-up, not to the output of the command that needed it.
  const { status } = spawnSync(command, args, { cwd: ROOT, stdio: ['ignore', 2, 2] });
  if (status !== 0) process.exit(status ?? 1);
}

/** Installs the locked packages unless they are there. Native parts are compiled: a minute or two, once. */
export function ensureInstalled(withDev = true) {
  if (isInstalled(withDev)) return;
  process.stderr.write('Installing packages (once; native parts take a minute or two) …\n');
  // Not `npm ci`: a lock file written behind a registry mirror may lack the optional packages of other platforms, which
  // `ci` takes for a mistake. The versions are the locked ones all the same, and nothing is written to the lock.
  run('npm', ['install', '--no-save', '--no-audit', '--no-fund']);
}

function newestChange(folder) {
  return Math.max(
    ...readdirSync(folder, { withFileTypes: true, recursive: true })
      .filter((entry) => entry.isFile())
      .map((entry) => statSync(join(entry.parentPath, entry.name)).mtimeMs),
  );
}

// What the program is made of: packages are bundled into it.
const PROGRAM = ['scripts/build.mjs', 'tsconfig.json', 'package-lock.json'];

function isBuilt() {
  const built = join(ROOT, 'dist/main.js');
  if (!existsSync(built)) return false;
  const changes = PROGRAM.map((name) => statSync(join(ROOT, name)).mtimeMs);
  return statSync(built).mtimeMs >= Math.max(...changes, newestChange(join(ROOT, 'src')));
}

/** Installs and bundles what is missing or stale. Types are checked by `npm run types`, not here. */
export function ensureBuilt() {
  const built = isBuilt();
  ensureInstalled(!built);
  if (built) return;
  process.stderr.write('Building …\n');
  run(process.execPath, [join(ROOT, 'scripts/build.mjs')]);
}
