// What stands beside the service without being installed: the floors, and what one would write by hand.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PATHS } from './paths.mjs';

/** The service's own answers as files, so that the bare contenders send the very same bytes. */
async function answersOf(service, store) {
  const save = async (path) => {
    const response = await fetch(service.url + path, {
      headers: { 'accept-encoding': 'identity' },
    });
    if (response.status !== 200) throw new Error(`${path}: ${response.status}`);
    const file = store.place('answer.json');
    writeFileSync(file, Buffer.from(await response.arrayBuffer()));
    return file;
  };
  return { STATS_FILE: await save(PATHS.stats()), SERIES_FILE: await save(PATHS.series()) };
}

const server = (root, name) => [join(root, 'bench/contenders/servers', `${name}.mjs`)];

const sending = (title, name) => ({
  title,
  start: async ({ store, port, root, service }) => ({
    args: server(root, name),
    env: { PORT: String(port), ...(await answersOf(service, store)) },
    ready: '/stats',
  }),
});

export const nodeHttp = sending('bare node:http, same bytes', 'node-http');
export const bareFastify = sending('bare Fastify, same bytes', 'fastify-buffer');
export const fastifyZod = sending('Fastify, serialised by zod', 'fastify-zod');

export const betterSqlite3 = {
  title: 'better-sqlite3 GROUP BY behind Fastify',
  settings: { synchronous: 'FULL', journal_mode: 'WAL', index: 'covering' },
  start: async ({ store, size, port, root }) => ({
    args: server(root, 'better-sqlite3'),
    env: { PORT: String(port), FILE: await store.copy('plain.db', size) },
    ready: '/claims',
  }),
};
