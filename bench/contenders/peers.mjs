// What one would take instead, from the registry: bench/peers/package.json pins what is installed. Each runs as its
// documentation starts it in production, with logs off where that is its default.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const MANIFEST = 'package.json';
const read = (folder) => JSON.parse(readFileSync(join(folder, MANIFEST), 'utf8'));
const modules = (root, ...path) => join(root, 'bench/peers/node_modules', ...path);

/** Versions of the peers that are installed, by package. */
export function peerVersions(root) {
  const { dependencies } = read(join(root, 'bench/peers'));
  const installed = Object.keys(dependencies).filter((name) =>
    existsSync(modules(root, name, MANIFEST)),
  );
  return Object.fromEntries(installed.map((name) => [name, read(modules(root, name)).version]));
}

/** Installs the pinned peers where one is missing. Native parts take some minutes, once. */
export function installPeers(root) {
  const { dependencies } = read(join(root, 'bench/peers'));
  const versions = peerVersions(root);
  if (Object.keys(dependencies).every((name) => versions[name] === dependencies[name])) return;
  process.stderr.write('installing the peers (once; native parts take some minutes) …\n');
  const args = ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error'];
  spawnSync('npm', args, { cwd: join(root, 'bench/peers'), stdio: ['ignore', 2, 2] });
}

export const platformatic = {
  title: 'Platformatic DB',
  package: '@platformatic/db',
  settings: { graphql: 'off', logger: 'error', sums: 'its SQL route' },
  start: async ({ store, size, port, root }) => ({
    args: [
      modules(root, '@platformatic/db/db.mjs'),
      ...['start', '-c', join(root, 'bench/peers/platformatic.json')],
    ],
    env: {
      PORT: String(port),
      DATABASE_URL: `sqlite://${await store.copy('plain.db', size)}`,
      PLT_DISABLE_TELEMETRY: 'true',
    },
    ready: '/claims?limit=1',
  }),
};

export const soul = {
  title: 'Soul',
  package: 'soul-cli',
  settings: { auth: 'off', rate_limit: 'off' },
  start: async ({ store, size, port, root }) => ({
    args: [
      modules(root, 'soul-cli/src/server.js'),
      ...['-d', await store.copy('plain.db', size), '-p', String(port)],
    ],
    cwd: join(root, 'bench/peers'),
    ready: '/api/tables/claims/rows?_limit=1',
  }),
};

// It parses and keeps the whole file, and writes all of it anew with every POST.
const JSON_SIZES = ['5k', '100k'];
export const jsonServer = {
  title: 'json-server',
  package: 'json-server',
  settings: { quiet: true },
  start: async ({ store, size, port, root }) => {
    if (!JSON_SIZES.includes(size)) throw new Error(`not started: ${size} claims in one JSON file`);
    return {
      args: [
        modules(root, 'json-server/lib/cli/bin.js'),
        ...['--quiet', '--host', '127.0.0.1', '--port', String(port)],
        await store.copy('plain.json', size),
      ],
      ready: '/claims?_limit=1',
    };
  },
};

export const duckdb = {
  title: 'DuckDB behind Fastify',
  package: '@duckdb/node-api',
  settings: { statements: 'prepared', threads: 'its default' },
  start: async ({ store, size, port, root }) => ({
    args: [join(root, 'bench/peers/duckdb.mjs')],
    env: {
      PORT: String(port),
      FILE: store.place('duck.db'),
      CSV: await store.copy('plain.csv', size),
    },
    ready: '/stats',
  }),
};
