// What each contender is asked: a number makes one request of a series, and every number makes another one.
import { PATHS, windowOf } from '../contenders/paths.mjs';
import { claimBody, plainClaim } from './bodies.mjs';

const get = (path) => ({ method: 'GET', path });
const post = (path, body, headers = {}) => ({
  method: 'POST',
  path,
  body: JSON.stringify(body),
  headers: { 'content-type': 'application/json', ...headers },
});
const bearer = (key) => ({ authorization: `Bearer ${key}` });
const filterOf = (n) => new URLSearchParams({ ...windowOf(n), munition: 'synthetic-uav' });
const PAGES = 90;

const BUFFERS = {
  stats: () => get('/stats'),
  series: () => get('/stats/series'),
};
/** By contender and question. `options` holds what was found out when it was started, such as a key. */
export const REQUESTS = {
  service: {
    stats: () => get(PATHS.stats()),
    stats_known: (_, { etag }) => ({ ...get(PATHS.stats()), headers: { 'if-none-match': etag } }),
    series: () => get(PATHS.series()),
    stats_filtered: (n) => get(PATHS.stats_filtered(n)),
    stats_monthly: () => get(PATHS.stats_monthly()),
    page: (n) => get(PATHS.page(n)),
    claim: (n, { key }) => post(PATHS.claim(n), claimBody(n), bearer(key)),
  },
  node_http: BUFFERS,
  bare_fastify: BUFFERS,
  fastify_zod: BUFFERS,
  better_sqlite3: {
    stats: () => get('/stats'),
    stats_filtered: (n) => get(`/stats_filtered?${filterOf(n)}`),
    stats_monthly: () => get('/stats_monthly'),
    page: (n) => get(`/claims?after=${n % PAGES}`),
    claim: (n) => post('/claims', plainClaim(n)),
  },
  duckdb: {
    stats: () => get('/stats'),
    stats_filtered: (n) => get(`/stats_filtered?${filterOf(n)}`),
    stats_monthly: () => get('/stats_monthly'),
  },
  platformatic: {
    stats: () => get('/sql/stats'),
    stats_filtered: (n) => get(`/sql/stats_filtered?${filterOf(n)}`),
    stats_monthly: () => get('/sql/stats_monthly'),
    page: (n) => get(`/claims/?limit=50&offset=${n % PAGES}`),
    claim: (n) => post('/claims/', camelCased(plainClaim(n))),
  },
  soul: {
    page: (n) => get(`/api/tables/claims/rows?_limit=50&_page=${1 + (n % PAGES)}`),
    claim: (n) => post('/api/tables/claims/rows', { fields: plainClaim(n) }),
  },
  json_server: {
    page: (n) => get(`/claims?_limit=50&_page=${1 + (n % PAGES)}`),
    claim: (n) => post('/claims', plainClaim(n)),
  },
};

function camelCased(row) {
  const entries = Object.entries(row);
  const camel = (name) => name.replaceAll(/_(\w)/g, (_, letter) => letter.toUpperCase());
  return Object.fromEntries(entries.map(([name, value]) => [camel(name), value]));
}
