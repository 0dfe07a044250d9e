import { buildApp } from './app.js';
import { readConfig } from './config.js';
import { loadDemo } from './demo/load-demo.js';
import { Database } from './storage/database.js';

const config = readConfig();
const db = await Database.open(config.DATABASE_URL);
const loaded = config.DEMO_DATA === 'on' && (await loadDemo(db));
const app = await buildApp(db, config, {
  level: config.LOG_LEVEL,
  redact: ['req.headers.authorization'],
});

async function stop(signal: string): Promise<void> {
  app.log.info(`${signal}: closing`);
  await app.close();
  await db.close();
}
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void stop(signal));
}

const address = await app.listen({ host: config.HOST, port: config.PORT });
const demo = loaded
  ? 'New database: loaded one real night (2024-09-07) and synthetic nights of the invented parties XXA and XXB.\n'
  : '';
process.stdout.write(`${demo}barrage-stats listens on ${address}
  documentation  ${address}/docs
  a first query  curl '${address}/stats?from=2024-09-07&to=2024-09-07'
`);
