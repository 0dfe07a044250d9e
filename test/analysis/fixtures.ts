import type { InjectOptions } from 'fastify';
import { onTestFinished } from 'vitest';
import type { Point } from '../../src/analysis/series.js';
import type { Stats } from '../../src/analysis/stats.js';
import { buildApp } from '../../src/app.js';
import type { ClaimInput } from '../../src/domain/claim.js';
import type { ReportingEra } from '../../src/domain/era.js';
import { commit } from '../../src/storage/commit.js';
import { Database } from '../../src/storage/database.js';
import { currentVersion } from '../../src/storage/versions.js';
import { CAUSE, eraRow } from '../storage/fixtures.js';
import { checkerOf } from '../support/answer-checker.js';
import { makeKey, TEST_CONFIG } from '../support/test-app.js';

const PAIR = 'attacker=XXA&defender=XXB';
const SOURCES = [
  { slug: 'xxb-staff', name: 'Staff of XXB', party: 'XXB', kind: 'official' },
  { slug: 'xxb-coast', name: 'Coast command of XXB', party: 'XXB', kind: 'official' },
  { slug: 'xxa-ministry', name: 'Ministry of XXA', party: 'XXA', kind: 'official' },
  { slug: 'wire', name: 'A wire', kind: 'media' },
];

/** What a test says of a claim; the rest is an ordinary national claim of the defender. */
export type Said = Partial<ClaimInput>;

/** The application with synthetic sources of XXA and XXB. */
export interface Analysis {
  close: () => Promise<void>;
  /** The newest dataset version. */
  version: () => Promise<number>;
  /** Records a claim and returns its id. Two claims of one night need something that tells them apart. */
  claim: (night: string, said?: Said) => Promise<string>;
  era: (changes: Partial<ReportingEra> & { code: string }) => Promise<void>;
  /** The data of any statistic. */
  // biome-ignore lint/suspicious/noExplicitAny: every statistic has a shape of its own, held to the specification.
  ask: (path: string, query?: string) => Promise<any>;
  stats: (query?: string) => Promise<Stats>;
  points: (query?: string) => Promise<Point[]>;
  series: (query?: string) => Promise<{ points: Point[]; breaks: unknown[] }>;
}

async function application(keepOpen: boolean) {
  const db = await Database.open('file::memory:');
  const app = await buildApp(db, TEST_CONFIG);
  const check = await checkerOf(app);
  const close = async () => {
    await app.close();
    await db.close();
  };
  if (!keepOpen) onTestFinished(close);
  const authorization = `Bearer ${await makeKey(db)}`;
  const request = async (options: InjectOptions & { method: string; url: string }) => {
    const response = await app.inject({ ...options, headers: { authorization } });
    check(options.method, options.url, response);
    return response;
  };
  return { db, request, close };
}

/** @param options `keepOpen`: for more than one test; the caller closes it */
export async function analysis({ keepOpen = false } = {}): Promise<Analysis> {
  const { db, request, close } = await application(keepOpen);
  const post = (url: string, payload: object) => request({ method: 'POST', url, payload });
  for (const source of SOURCES) await post('/sources', source);
  const answer = async (path: string, query = '') => {
    const response = await request({ method: 'GET', url: `${path}?${PAIR}&${query}` });
    if (response.statusCode !== 200) throw new Error(response.body);
    return response.json().data;
  };
  let places = 0;
  return {
    version: async () => (await currentVersion(db)).version,
    claim: async (night, said = {}) => {
      const id = `xxa-xxb-${night}`;
      await post('/barrages', { attacker: 'XXA', defender: 'XXB', night });
      places += 1;
      const response = await post(`/barrages/${id}/claims`, {
        source: 'xxb-staff',
        munition: 'shahed-136-131',
        window_start: night,
        window_end: night,
        target_main: `place ${places}`,
        target: `place ${places}`,
        as_reported: true,
        ...said,
      });
      if (response.statusCode !== 201) throw new Error(response.body);
      return response.json().data.id;
    },
    era: (changes) =>
      commit(db, CAUSE, async (draft) => {
        const id = `xxb-${changes.code.toLowerCase()}`;
        draft.create('reporting_era', { ...eraRow({ id }), ...changes });
      }),
    ask: answer,
    close,
    stats: (query) => answer('/stats', query),
    points: async (query) => (await answer('/stats/series', query)).points,
    series: (query) => answer('/stats/series', query),
  };
}
