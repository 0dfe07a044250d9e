// The yardstick: Fastify with nothing else, sending the service's own answers from a buffer.
import { readFileSync } from 'node:fs';
import Fastify from 'fastify';

const { PORT, STATS_FILE, SERIES_FILE } = process.env;
const [stats, series] = [STATS_FILE, SERIES_FILE].map((path) => readFileSync(path));
const app = Fastify();
const type = 'application/json; charset=utf-8';
app.get('/stats', (_request, reply) => reply.header('content-type', type).send(stats));
app.get('/stats/series', (_request, reply) => reply.header('content-type', type).send(series));
await app.listen({ port: Number(PORT), host: '127.0.0.1' });
