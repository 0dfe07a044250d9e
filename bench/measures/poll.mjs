// A dashboard that asks what was asked before: the same few answers, over and over.
import { closedLoop } from './loops.mjs';

const CONNECTIONS = 8;
const ANSWERS = { unit: 'answers/s', better: 'higher', yardstick: 'bare_fastify' };
const BARE = ['bare_fastify', 'node_http'];

/** Asks the bare contenders for their 200 where the service says 304. */
const known = async (field, name) =>
  closedLoop(name === 'service' ? 'stats_known' : 'stats', CONNECTIONS)(field, name);

export const poll = [
  {
    id: 'poll_hit',
    title: '`/stats` asked again',
    ...ANSWERS,
    contenders: ['service', ...BARE, 'fastify_zod'],
    round: closedLoop('stats', CONNECTIONS),
  },
  {
    id: 'poll_304',
    title: '`/stats` unchanged: 304, beside a bare 200',
    ...ANSWERS,
    contenders: ['service', ...BARE],
    round: known,
  },
  {
    id: 'series_hit',
    title: 'a series of 50 KB asked again',
    ...ANSWERS,
    contenders: ['service', 'bare_fastify'],
    round: closedLoop('series', CONNECTIONS),
  },
];
