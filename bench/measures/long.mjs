// Polls while one long question after the other is answered aside.
import { PATHS } from '../contenders/paths.mjs';
import { runLoad } from '../load/run-load.mjs';

const POLLERS = { clients: 100, rate: 4, seconds: 10 };
const LONG = ['/stats/trend', '/stats/coverage', '/claims?format=ndjson', '/dataset.sqlite'];

/** Reads an answer to its end. @throws Error if it is not a 200, or breaks off */
async function readWhole(port, path, signal) {
  const answer = await fetch(`http://127.0.0.1:${port}${path}`, { signal });
  if (answer.status !== 200) throw new Error(`${path} was answered ${answer.status}`);
  let bytes = 0;
  for await (const chunk of answer.body) bytes += chunk.length;
  return bytes;
}

/** Asks in turn until the signal. @returns how many were answered to their end */
async function askInTurn(port, signal) {
  for (let answered = 0; ; answered += 1) {
    try {
      await readWhole(port, LONG[answered % LONG.length], signal);
    } catch (error) {
      if (signal.aborted) return answered;
      throw error;
    }
  }
}

async function longRound(field, name) {
  const { port } = await field.running(name);
  const polling = runLoad('open-loop', { port, ...POLLERS, path: PATHS.stats() });
  const ended = new AbortController();
  const asked = name === 'service' ? askInTurn(port, ended.signal) : 0;
  const { polls } = await polling.finally(() => ended.abort());
  const failed = polls.errors + polls.unanswered + Object.keys(polls.refused).length;
  return { value: polls.p99_ms, failed, long_answers: await asked };
}

export const long = [
  {
    id: 'poll_beside_long',
    title: 'p99 of polls beside trend, coverage, export and dataset file in turn',
    unit: 'ms',
    better: 'lower',
    yardstick: null,
    contenders: ['service', 'bare_fastify'],
    round: longRound,
  },
];
