import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Client, createClient } from '../../src/client/client.js';
import type { operations } from '../../src/client/schema.js';
import { specificationOf } from '../support/specification.js';
import { type DemoServer, demoServer } from './demo-server.js';

const PAIR = { attacker: 'XXA', defender: 'XXB' } as const;
const CLAIM = {
  source: 'xxb-air-defence',
  munition: 'synthetic-uav',
  window_start: '2026-03-01T20:00',
  window_end: '2026-03-02T08:00',
  launched: 40,
};
const SITE = { source: 'xxb-air-defence', place: 'A field' };
const BARRAGE = 'xxa-xxb-2026-03-02';

let server: DemoServer;
let api: Client;
let admin: Client;
let last: { method: string; path: string };
beforeAll(async () => {
  server = await demoServer();
  const send = (request: Request) => {
    last = { method: request.method, path: new URL(request.url).pathname };
    return fetch(request);
  };
  api = createClient(server.base, { key: server.key, fetch: send });
  admin = createClient(server.base, { key: server.adminKey, fetch: send });
});
afterAll(() => server.test.close());

const etagOf = (response: Response) => ({ 'if-match': response.headers.get('etag') ?? '' });
const barrage = { path: { id: BARRAGE } };
const barrageTag = async () =>
  etagOf((await api.GET('/barrages/{id}', { params: barrage })).response);
const claims = async () =>
  (await api.GET('/claims', { params: { query: { ...PAIR, from: '2026-03-01', limit: 5 } } })).data
    .data;
const claim = async () => ({ path: { id: (await claims())[0]?.id ?? '' } });
const claimTag = async () =>
  etagOf((await api.GET('/claims/{id}', { params: await claim() })).response);
const site = async () => {
  const query = { ...PAIR, from: '2026-03-01', limit: 5 };
  const { data } = await api.GET('/debris-sites', { params: { query } });
  return { path: { id: data.data[0]?.id ?? '' } };
};
const siteTag = async () =>
  etagOf((await api.GET('/debris-sites/{id}', { params: await site() })).response);
const reason = 'a mistake of ours';

/** One real call per operation, in an order in which each finds what it needs. A new operation does not compile without one. */
const CALLS: Record<keyof operations, () => Promise<{ response: Response }>> = {
  recordSource: () =>
    api.POST('/sources', { body: { slug: 'gazette', name: 'Gazette', kind: 'media' } }),
  recordBarrage: () => api.POST('/barrages', { body: { ...PAIR, night: '2026-03-02' } }),
  recordClaim: () => api.POST('/barrages/{id}/claims', { params: barrage, body: CLAIM }),
  recordDebrisSite: () => api.POST('/barrages/{id}/debris-sites', { params: barrage, body: SITE }),
  recordBarrages: () => api.POST('/barrages/batch', { body: [{ ...PAIR, night: '2026-03-03' }] }),
  recordReportingEra: () =>
    admin.POST('/reporting-eras', {
      body: { source: 'gazette', code: 'A', meaning: 'From the beginning.' },
    }),
  correctBarrage: async () =>
    api.PATCH('/barrages/{id}', {
      params: { ...barrage, header: await barrageTag() },
      body: { note: 'Invented.', reason },
    }),
  correctClaim: async () =>
    api.PATCH('/claims/{id}', {
      params: { ...(await claim()), header: await claimTag() },
      body: { intercepted: 30, reason },
    }),
  correctDebrisSite: async () =>
    api.PATCH('/debris-sites/{id}', {
      params: { ...(await site()), header: await siteTag() },
      body: { killed: 0, reason },
    }),
  getLanding: () => api.GET('/'),
  getHealth: () => api.GET('/healthz'),
  getReadiness: () => api.GET('/readyz'),
  getMetrics: () => api.GET('/metrics', { parseAs: 'text' }),
  getProblemType: () => api.GET('/problems/{slug}', { params: { path: { slug: 'conflict' } } }),
  listBarrages: () => api.GET('/barrages', { params: { query: PAIR } }),
  getBarrage: () => api.GET('/barrages/{id}', { params: barrage }),
  listBarrageRevisions: () => api.GET('/barrages/{id}/revisions', { params: barrage }),
  listClaims: () => api.GET('/claims', { params: { query: PAIR } }),
  getClaim: async () => api.GET('/claims/{id}', { params: await claim() }),
  listClaimRevisions: async () => api.GET('/claims/{id}/revisions', { params: await claim() }),
  listDebrisSites: () => api.GET('/debris-sites', { params: { query: PAIR } }),
  getDebrisSite: async () => api.GET('/debris-sites/{id}', { params: await site() }),
  listDebrisSiteRevisions: async () =>
    api.GET('/debris-sites/{id}/revisions', { params: await site() }),
  listSources: () => api.GET('/sources'),
  listMunitions: () => api.GET('/munitions'),
  listRegions: () => api.GET('/regions'),
  listReportingEras: () => api.GET('/reporting-eras'),
  getStats: () => api.GET('/stats', { params: { query: { ...PAIR, group_by: 'month' } } }),
  getSeries: () => api.GET('/stats/series', { params: { query: { ...PAIR, bucket: 'month' } } }),
  getTrend: () => api.GET('/stats/trend', { params: { query: PAIR } }),
  compareRates: () =>
    api.GET('/stats/compare', {
      params: {
        query: {
          ...PAIR,
          a_from: '2024-05-01',
          a_to: '2024-08-31',
          b_from: '2024-09-01',
          b_to: '2024-12-31',
        },
      },
    }),
  getSalvoSize: () => api.GET('/stats/salvo-size', { params: { query: PAIR } }),
  getRecords: () => api.GET('/stats/records', { params: { query: { ...PAIR, limit: 1 } } }),
  getCoverage: () => api.GET('/stats/coverage', { params: { query: PAIR } }),
  getStatsRevisions: () => api.GET('/stats/revisions', { params: { query: PAIR } }),
  getDecoys: () => api.GET('/stats/decoys', { params: { query: PAIR } }),
  listMeasures: () => api.GET('/stats/measures'),
  listChanges: () => api.GET('/changes', { params: { query: { after: '1', limit: 2 } } }),
  listDatasetVersions: () => api.GET('/dataset/versions'),
  describeDataset: () => api.GET('/dataset'),
  downloadDataset: () => api.GET('/dataset.sqlite', { parseAs: 'arrayBuffer' }),
  citePermalink: async () => {
    const { data } = await api.GET('/stats');
    return api.GET('/cite', { params: { query: { url: data.meta.citation.permalink } } });
  },
  retractClaim: async () =>
    api.DELETE('/claims/{id}', {
      params: { ...(await claim()), header: await claimTag(), query: { reason } },
    }),
  retractDebrisSite: async () =>
    api.DELETE('/debris-sites/{id}', {
      params: { ...(await site()), header: await siteTag(), query: { reason } },
    }),
  retractBarrage: async () =>
    api.DELETE('/barrages/{id}', {
      params: { ...barrage, header: await barrageTag(), query: { reason } },
    }),
};

interface Specified {
  paths: Record<string, Record<string, { operationId: string }>>;
}

/** Which operation of the specification a request belongs to: an address in full before one with a parameter. */
function operationAt(specification: Specified, method: string, path: string): string | undefined {
  const { paths } = specification;
  const template =
    Object.keys(paths).find((known) => known === path) ??
    Object.keys(paths).find((known) =>
      new RegExp(`^${known.replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(path),
    );
  return paths[template ?? '']?.[method.toLowerCase()]?.operationId;
}

it('calls every operation of the specification, and each call is that operation', async () => {
  const specification = await specificationOf<Specified>(server.test.app);
  const called: string[] = [];
  for (const [operation, call] of Object.entries(CALLS)) {
    const { response } = await call();
    expect(response.ok, operation).toBe(true);
    expect(operationAt(specification, last.method, last.path)).toBe(operation);
    called.push(operation);
  }
  const specified = Object.values(specification.paths)
    .flatMap((path) => Object.values(path))
    .map(({ operationId }) => operationId);
  expect(specified.length).toBeGreaterThan(40);
  expect(called.toSorted()).toEqual(specified.toSorted());
});
