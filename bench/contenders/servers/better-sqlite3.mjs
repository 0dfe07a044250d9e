// What one would write by hand: Fastify, better-sqlite3, prepared statements, GROUP BY over a covering index.
import Sqlite from 'better-sqlite3';
import Fastify from 'fastify';
import { SQL } from '../questions.mjs';

const { PORT, FILE } = process.env;
const db = new Sqlite(FILE);
db.pragma('journal_mode = WAL');
db.pragma('synchronous = FULL');
const questions = Object.fromEntries(
  Object.entries(SQL).map(([name, text]) => [name, db.prepare(text)]),
);
const page = db.prepare('select * from claims where id > ? order by id limit 50');
const insert =
  db.prepare(`insert into claims (night, source, side, munition, scope, basis, window_start, window_end,
  launched, intercepted, suppressed, url) values (@night, @source, @side, @munition, @scope, @basis, @window_start,
  @window_end, @launched, @intercepted, @suppressed, @url)`);

const app = Fastify();
app.get('/stats', async () => questions.stats.get());
app.get('/stats_filtered', async ({ query }) => questions.stats_filtered.get({ ...query }));
app.get('/stats_monthly', async () => ({ data: questions.stats_monthly.all() }));
app.get('/claims', async ({ query }) => ({ data: page.all(Number(query.after ?? 0)) }));
app.post('/claims', async ({ body }, reply) => {
  const { lastInsertRowid } = insert.run(body);
  return reply.code(201).send({ id: Number(lastInsertRowid), ...body });
});
await app.listen({ port: Number(PORT), host: '127.0.0.1' });
