import { CARD_NIGHT } from '../../src/demo/card-night.js';

const NIGHT = 'from=2024-09-07&to=2024-09-07';
const CARD = '/barrages/rus-ukr-2024-09-07';
const JSON_TYPE = 'application/json';
const PATCH_TYPE = 'application/merge-patch+json';
export const NDJSON = 'application/x-ndjson';

/** One question that an example of the specification is made from. */
export interface ExampleRequest {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  url: string;
  body?: unknown;
  headers?: Record<string, string>;
  /** The stream of changes: only its first event. */
  streamed?: true;
}
/** Asks, and gives `data` of the answer. */
// biome-ignore lint/suspicious/noExplicitAny: an answer of any operation.
export type Ask = (request: ExampleRequest) => Promise<any>;

const get = (url: string, accept?: string): ExampleRequest => ({
  method: 'GET',
  url,
  ...(accept !== undefined && { headers: { accept } }),
});
const post = (url: string, body: unknown): ExampleRequest => ({
  method: 'POST',
  url,
  body,
  headers: { 'content-type': JSON_TYPE },
});
const patch = (url: string, body: unknown): ExampleRequest => ({
  method: 'PATCH',
  url,
  body,
  headers: { 'content-type': PATCH_TYPE, 'if-match': '*' },
});
const retract = (url: string, reason: string): ExampleRequest => ({
  method: 'DELETE',
  url: `${url}?reason=${encodeURIComponent(reason)}`,
  headers: { 'if-match': '*' },
});

const READS: readonly ExampleRequest[] = [
  get('/'),
  get('/healthz'),
  get('/readyz'),
  get('/problems/validation'),
  get('/problems/validation', 'text/html'),
  get(`/barrages?attacker=RUS&defender=UKR&${NIGHT}`),
  get(CARD),
  get(`/claims?source=ua-air-force&${NIGHT}`),
  get(`/debris-sites?${NIGHT}`),
  get(`/debris-sites?${NIGHT}`, 'application/geo+json'),
  ...['/debris-sites', '/claims', '/barrages', '/stats', '/stats/series'].flatMap((path) => [
    get(`${path}?${NIGHT}`, 'text/csv'),
    get(`${path}?${NIGHT}`, 'application/x-ndjson'),
  ]),
  get('/dataset', 'application/json'),
  get('/sources'),
  get('/munitions'),
  get('/regions'),
  get('/reporting-eras'),
  get(`/stats?${NIGHT}`),
  get(`/stats/series?${NIGHT}&bucket=month&rolling=30`),
  get(`/stats/trend?${NIGHT}`),
  get(
    `/stats/compare?attacker=XXA&defender=XXB&a_from=2023-01-01&a_to=2023-06-30&b_from=2024-01-01&b_to=2024-06-30`,
  ),
  get(`/stats/salvo-size?${NIGHT}&bins=50`),
  get(`/stats/records?${NIGHT}&limit=1`),
  get(`/stats/coverage?${NIGHT}`),
  get(`/stats/revisions?${NIGHT}`),
  get(`/stats/decoys?${NIGHT}`),
  get('/stats/measures'),
  get('/changes?after=1&limit=2'),
  { ...get('/changes?after=1&limit=2', 'text/event-stream'), streamed: true },
  get('/dataset'),
  get('/dataset/versions?after=1&limit=1'),
  get(`/cite?url=${encodeURIComponent(`/stats?${NIGHT}&as_of=2`)}`),
];

const CLAIM = {
  source: 'xxb-air-defence',
  munition: 'synthetic-uav',
  window_start: '2026-02-02T18:00',
  window_end: '2026-02-03T07:00',
  timezone: 'Etc/UTC',
  launched: 40,
  intercepted: 31,
  suppressed: 6,
  url: 'https://example.org/xxb/bulletin-34',
};
const BARRAGE = { attacker: 'XXA', defender: 'XXB', claims: [CLAIM] };
const OTHER = { ...CLAIM, source: 'xxa-ministry', intercepted: 12, suppressed: null, url: null };
const SITE = {
  source: 'xxb-air-defence',
  place: 'Synthetic town, market square',
  fallen: 'debris of one drone',
  killed: 0,
  injured: 0,
};
const SOURCE = { slug: 'observer', name: 'Synthetic: an observer', kind: 'osint' };
const ERA = {
  party: 'XXB',
  code: 'Z',
  from_night: '2026-02-01',
  meaning: 'Synthetic: drones lost to electronic warfare are counted as intercepted.',
  breaks: ['interception'],
};
const INVENTED = '/barrages/xxa-xxb-2026-02-03';
const later = (day: number) => ({
  ...BARRAGE,
  claims: [
    {
      ...CLAIM,
      window_start: `2026-02-0${day - 1}T18:00`,
      window_end: `2026-02-0${day}T07:00`,
      url: `https://example.org/xxb/bulletin-${30 + day}`,
    },
  ],
});

const [night] = CARD_NIGHT.claims;
const CONTRADICTION = { ...CARD_NIGHT, claims: [{ ...night, intercepted: 57, suppressed: 4 }] };

async function batches(ask: Ask): Promise<void> {
  await ask({
    method: 'POST',
    url: '/barrages/batch?mode=partial',
    body: [later(4), CONTRADICTION],
    headers: { 'content-type': NDJSON },
  });
  await ask(post('/barrages/batch', [later(6), later(7)]));
  await ask(post('/barrages/batch?dry_run=true', [later(8)]));
}

async function corrections(ask: Ask, claim: string, site: string): Promise<void> {
  const bulletin = 'Corrected by the source, bulletin 34a.';
  await ask(patch(claim, { intercepted: 33, suppressed: 4, reason: bulletin }));
  await ask(patch(site, { injured: 1, reason: 'A second report.' }));
  await ask(patch(INVENTED, { note: 'Two accounts of one night.', reason: 'A summary.' }));
  for (const record of [INVENTED, claim, site]) await ask(get(`${record}/revisions`));
  await ask(retract(site, 'It lay there since the night before.'));
  await ask(retract(claim, 'Withdrawn by the source.'));
  await ask(retract(INVENTED, 'Invented for the documentation.'));
}

/** Asks everything that the specification shows, in order, of a new service with the demonstration data. */
export async function askForExamples(ask: Ask): Promise<void> {
  for (const request of READS) await ask(request);
  const [claim] = await ask(get(`/claims?source=ua-air-force&${NIGHT}`));
  await ask(get(`/claims/${claim.id}`));
  const [site] = await ask(get(`/debris-sites?${NIGHT}`));
  await ask(get(`/debris-sites/${site.id}`));
  await ask(post('/barrages', CARD_NIGHT));
  await ask(post('/barrages', BARRAGE));
  const { id: rival } = await ask(post(`${INVENTED}/claims`, OTHER));
  await ask(post(`${INVENTED}/claims`, OTHER));
  const { id: fallen } = await ask(post(`${INVENTED}/debris-sites`, SITE));
  await ask(post(`${INVENTED}/debris-sites`, SITE));
  for (const _ of ['new', 'known']) await ask(post('/sources', SOURCE));
  for (const _ of ['new', 'known']) await ask(post('/reporting-eras', ERA));
  await batches(ask);
  await corrections(ask, `/claims/${rival}`, `/debris-sites/${fallen}`);
}
