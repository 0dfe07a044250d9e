import { buildApp } from './app.js';
import { readConfig } from './config.js';
import { LogBuffer } from './log-buffer.js';
import { Database } from './storage/database.js';
import { removeStaleFolders } from './storage/dataset-folders.js';
import { dropUnpublished } from './storage/unpublished.js';

const STDOUT = 1;

/** Loads the demonstration data into a new database. @returns whether it was new */
async function demoLoaded(db: Database): Promise<boolean> {
  const { loadDemo } = await import('./demo/load-demo.js');
  return loadDemo(db);
}

async function start(): Promise<void> {
  const config = readConfig();
  await removeStaleFolders();
  const db = await Database.open(config.DATABASE_URL);
  const loaded = config.DEMO_DATA === 'on' && (await demoLoaded(db));
  const lines = new LogBuffer(STDOUT);
  process.once('exit', () => lines.flushSync());
  const app = await buildApp(db, config, { level: config.LOG_LEVEL, stream: lines });
  const stop = async (signal: NodeJS.Signals): Promise<void> => {
    // A second signal ends the process at once, but not what it has to say.
    process.once(signal, () => {
      lines.flushSync();
      process.kill(process.pid, signal);
    });
    app.log.info(`${signal}: closing`);
    // A client that never ends its request must not keep the process.
    const hurry = () => app.server.closeAllConnections();
    setTimeout(hurry, config.SHUTDOWN_SECONDS * 1000).unref();
    await app.close();
    await db.close();
    await lines.flush();
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void stop(signal));
  }
  const address = await app.listen({ host: config.HOST, port: config.PORT });
  // What an import left that was killed: nobody sees it, and what fails here is tried again by the next import.
  dropUnpublished(db).catch((error) => app.log.warn({ err: error }, 'what an import left stays'));
  const demo = loaded
    ? 'New database: loaded one real night (2024-09-07) and synthetic nights of the invented parties XXA and XXB.\n'
    : '';
  process.stdout.write(`${demo}barrage-stats listens on ${address}
  documentation  ${address}/docs
  a first query  curl '${address}/stats?from=2024-09-07&to=2024-09-07'
`);
}

try {
  await start();
} catch (error) {
  process.stderr.write(`barrage-stats: ${error instanceof Error ? error.message : error}\n`);
  process.exit(1);
}
