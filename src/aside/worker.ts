import { workerData } from 'node:worker_threads';
import { move, transferableSymbol, valueSymbol } from 'piscina';
import { Database } from '../storage/database.js';
import { doWork, type WorkArguments, type WorkName } from './work.js';

const { url } = workerData as { url: string };
const db = await Database.open(url);
// A thread whose work is aborted is ended.
const { signal } = new AbortController();

/** What the pool calls in its threads. The bytes of a table are handed over, not copied. */
export async function run({ name, args }: { name: WorkName; args: WorkArguments<WorkName> }) {
  const result = await doWork({ db, signal }, name, args);
  if (!('bytes' in result)) return result;
  return move({ [transferableSymbol]: [result.bytes.buffer], [valueSymbol]: result });
}
