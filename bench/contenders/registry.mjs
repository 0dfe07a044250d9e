import { bareFastify, betterSqlite3, fastifyZod, nodeHttp } from './own.mjs';
import { duckdb, jsonServer, platformatic, soul } from './peers.mjs';
import { service } from './service.mjs';

/** Everything that takes part, by the name it has in the figures. What has a `package` must be installed for it. */
export const CONTENDERS = {
  service,
  node_http: nodeHttp,
  bare_fastify: bareFastify,
  fastify_zod: fastifyZod,
  better_sqlite3: betterSqlite3,
  duckdb,
  platformatic,
  soul,
  json_server: jsonServer,
};

/** What is measured beside them and is no server. */
export const FLOORS = {
  disk_floor: { title: "the disk's own 4 KiB + fdatasync" },
  raw_insert: { title: 'raw inserts, no HTTP, no checks' },
};

export const titleOf = (name) => (CONTENDERS[name] ?? FLOORS[name]).title;
