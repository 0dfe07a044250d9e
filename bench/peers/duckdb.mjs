// DuckDB in the process of a Fastify server, as its Node library is meant to be used.
import { DuckDBInstance } from '@duckdb/node-api';
import { SQL } from '../contenders/questions.mjs';
import { bareFastify } from '../contenders/servers/bare-fastify.mjs';

const { PORT, FILE, CSV } = process.env;
const instance = await DuckDBInstance.create(FILE);
const connection = await instance.connect();
// Said, not guessed: what the first rows leave out would be taken for text.
const TYPES = {
  ...{ id: 'BIGINT', night: 'DATE', source: 'VARCHAR', side: 'VARCHAR', munition: 'VARCHAR' },
  ...{ scope: 'VARCHAR', basis: 'VARCHAR', window_start: 'VARCHAR', window_end: 'VARCHAR' },
  ...{ launched: 'INTEGER', intercepted: 'INTEGER', suppressed: 'INTEGER' },
  ...{ url: 'VARCHAR', alternative_to: 'BIGINT' },
};
const columns = Object.entries(TYPES).map(([name, type]) => `'${name}': '${type}'`);
const file = CSV.replaceAll("'", "''");
await connection.run(
  `create table claims as select * from read_csv('${file}', header = true, columns = {${columns}})`,
);
// It spells its parameters otherwise, and nights are dates to it.
const prepare = (sql) =>
  connection.prepare(
    sql
      .replaceAll('substr(night, 1, 7)', "strftime(night, '%Y-%m')")
      .replaceAll(/:(from|to)\b/g, 'cast($$$1 as date)')
      .replaceAll(':munition', '$$munition'),
  );
const [stats, filtered, monthly] = await Promise.all(
  [SQL.stats, SQL.stats_filtered, SQL.stats_monthly].map(prepare),
);

async function rows(statement, values) {
  if (values !== undefined) statement.bind(values);
  const reader = await statement.runAndReadAll();
  return reader.getRowObjectsJson();
}
const app = bareFastify();
app.get('/stats', async () => (await rows(stats))[0]);
app.get('/stats_filtered', async ({ query }) => (await rows(filtered, query))[0]);
app.get('/stats_monthly', async () => ({ data: await rows(monthly) }));
await app.listen({ port: Number(PORT), host: '127.0.0.1' });
