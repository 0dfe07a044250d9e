import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { currentVersion } from '../../src/storage/versions.js';
import { type TestApp, testApp } from '../support/test-app.js';

const PAIR = 'attacker=XXA&defender=XXB';
const SOURCES = ['xxb-staff', 'xxa-ministry', 'wire'] as const;
const MUNITIONS = ['shahed-136-131', 'kalibr'] as const;

/** What everybody might have asked and cited at any moment. */
const QUESTIONS = [
  `/stats?${PAIR}`,
  `/stats?${PAIR}&group_by=munition,source&scope=national,regional&basis=barrage,tally`,
  `/stats?${PAIR}&side=attacker&explain=true&limit=3`,
  `/stats/series?${PAIR}&bucket=week&measure=neutralisation&rolling=3`,
  `/stats/compare?${PAIR}&a_side=defender&b_side=attacker`,
  `/stats/coverage?${PAIR}`,
  `/stats/records?${PAIR}&min_launched=1`,
  `/stats/revisions?${PAIR}`,
  `/barrages?${PAIR}&include=claims,debris_sites,sources,sides,conflicts`,
  `/barrages?${PAIR}&has_conflict=true`,
  `/claims?${PAIR}&sort=night`,
  `/debris-sites?${PAIR}`,
  '/sources',
] as const;

const nights = fc.integer({ min: 1, max: 9 }).map((day) => `2026-01-0${day}`);
const claims = fc
  .record({
    source: fc.constantFrom(...SOURCES),
    munition: fc.constantFrom(...MUNITIONS),
    launched: fc.option(fc.integer({ min: 0, max: 40 })),
    intercepted: fc.option(fc.integer({ min: 0, max: 40 })),
    suppressed: fc.option(fc.integer({ min: 0, max: 5 })),
    scope: fc.constantFrom('national', 'regional'),
    basis: fc.constantFrom('barrage', 'tally'),
    target: fc.constantFrom(null, 'Coast', 'Hills'),
  })
  .map((claim) => ({ ...claim, as_reported: true }));
const barrages = fc.record({
  night: nights,
  claims: fc.array(claims, { maxLength: 3 }),
  sites: fc.array(fc.constantFrom('Bridge', 'Mill', 'Dam'), { maxLength: 1 }),
});
/** One thing that a client does; `which` picks among the records that are there. */
const actions = fc.oneof(
  fc.record({ do: fc.constant('barrage' as const), barrage: barrages }),
  fc.record({ do: fc.constant('claim' as const), night: nights, claim: claims }),
  fc.record({ do: fc.constant('correct' as const), which: fc.nat(), count: fc.nat({ max: 50 }) }),
  fc.record({
    do: fc.constant('retract' as const),
    which: fc.nat(),
    kind: fc.constantFrom('claims', 'debris-sites', 'barrages'),
  }),
  fc.record({ do: fc.constant('compete' as const), which: fc.nat(), claim: claims }),
  fc.record({
    do: fc.constant('batch' as const),
    mode: fc.constantFrom('atomic', 'partial'),
    items: fc.array(barrages, { minLength: 1, maxLength: 4 }),
  }),
);
type Action = typeof actions extends fc.Arbitrary<infer T> ? T : never;
type Claim = typeof claims extends fc.Arbitrary<infer T> ? T : never;

const CLAIM: Claim = {
  source: 'xxb-staff',
  munition: 'kalibr',
  launched: 10,
  intercepted: 5,
  suppressed: null,
  scope: 'national',
  basis: 'barrage',
  target: null,
  as_reported: true,
};
const certain = (day: number) => ({ night: `2026-01-0${day}`, claims: [CLAIM], sites: [] });
const contradicting = { ...certain(1), claims: [{ ...CLAIM, launched: 11 }] };
/** Does each kind of thing with success, whatever the random scripts come to. */
const CERTAIN: Action[] = [
  { do: 'barrage', barrage: certain(1) },
  { do: 'batch', mode: 'atomic', items: [certain(2), certain(3)] },
  { do: 'batch', mode: 'partial', items: [certain(4), contradicting] },
  { do: 'claim', night: '2026-01-01', claim: { ...CLAIM, munition: 'shahed-136-131' } },
  { do: 'correct', which: 0, count: 4 },
  { do: 'compete', which: 1, claim: { ...CLAIM, source: 'xxa-ministry' } },
  { do: 'retract', which: 0, kind: 'barrages' },
];

const posted = (night: string, claim: Claim) => ({
  ...claim,
  window_start: night,
  window_end: `${night}T08:00`,
});
const body = ({
  night,
  claims: own,
  sites,
}: typeof barrages extends fc.Arbitrary<infer T> ? T : never) => ({
  attacker: 'XXA',
  defender: 'XXB',
  night,
  claims: own.map((claim) => posted(night, claim)),
  debris_sites: sites.map((place) => ({ source: 'wire', place })),
});

async function pick(test: TestApp, kind: string, which: number) {
  const { data } = (await test.get(`/${kind}?${PAIR}&limit=500`)).json();
  return data.length === 0 ? null : data[which % data.length];
}

/** Does it, whatever comes of it: a refusal changes nothing, and nothing may break. */
async function act(test: TestApp, action: Action): Promise<number> {
  if (action.do === 'barrage') {
    return (await test.post('/barrages', body(action.barrage))).statusCode;
  }
  if (action.do === 'batch') {
    const url = `/barrages/batch?mode=${action.mode}`;
    return (await test.post(url, action.items.map(body))).statusCode;
  }
  if (action.do === 'claim') {
    const url = `/barrages/xxa-xxb-${action.night}/claims`;
    return (await test.post(url, posted(action.night, action.claim))).statusCode;
  }
  const kind = action.do === 'retract' ? action.kind : 'claims';
  const record = await pick(test, kind, action.which);
  if (record === null) return 0;
  if (action.do === 'compete') {
    const { night, munition, id } = record;
    const rival = { ...posted(night, action.claim), munition, alternative_to: id };
    return (await test.post(`/barrages/${record.barrage_id}/claims`, rival)).statusCode;
  }
  const url = `/${kind}/${record.id}`;
  const ifMatch = String((await test.get(url)).headers.etag);
  if (action.do === 'retract') return (await test.retract(url, 'random', ifMatch)).statusCode;
  const correction = { intercepted: action.count, as_reported: true, reason: 'random' };
  return (await test.patch(url, correction, ifMatch)).statusCode;
}

/** `data` of an answer, as the bytes it was sent in. */
async function told(test: TestApp, question: string, version?: number): Promise<string> {
  const pinned =
    version === undefined ? '' : `${question.includes('?') ? '&' : '?'}as_of=${version}`;
  const response = await test.get(question + pinned);
  expect(response.statusCode, response.body).toBe(200);
  const [, data = ''] = /^\{"data":([\s\S]*?),"(?:page|meta)":\{/.exec(response.body) ?? [];
  expect(data).not.toBe('');
  // What leads on within the same version names it, so it is the same only in a pinned answer.
  return data.replaceAll(/"next_cursor":"[^"]*"|\?as_of=\d+/g, '');
}

async function askAll(test: TestApp, version?: number): Promise<string[]> {
  const answers: string[] = [];
  for (const question of QUESTIONS) answers.push(await told(test, question, version));
  return answers;
}

describe('the memory of the dataset', () => {
  it('answers every question as of every version to the byte as it did then, and after a restart', async () => {
    const outcomes = new Set<string>();
    await fc.assert(
      fc.asyncProperty(fc.array(actions, { minLength: 8, maxLength: 16 }), async (script) => {
        const folder = mkdtempSync(join(tmpdir(), 'barrage-stats-'));
        const url = `file:${join(folder, 'barrages.db')}`;
        let test = await testApp(url);
        try {
          for (const [index, slug] of SOURCES.entries()) {
            const party = ['XXB', 'XXA', null][index];
            await test.post('/sources', {
              slug,
              name: `Synthetic: ${slug}`,
              party,
              kind: 'official',
            });
          }
          const then = new Map<number, string[]>();
          for (const action of script) {
            const status = await act(test, action);
            expect(status).toBeLessThan(500);
            outcomes.add(`${action.do} ${status}`);
            const { version } = await currentVersion(test.db);
            then.set(version, await askAll(test));
          }
          for (const [version, answers] of then)
            expect(await askAll(test, version)).toEqual(answers);
          await test.close();
          test = await testApp(url);
          for (const [version, answers] of then)
            expect(await askAll(test, version)).toEqual(answers);
        } finally {
          await test.close();
          rmSync(folder, { recursive: true, force: true });
        }
      }),
      { numRuns: 6, examples: [[CERTAIN]] },
    );
    // The scripts really did things: a property over nothing but refusals would hold of anything.
    for (const did of ['barrage 201', 'batch 201', 'batch 207', 'correct 200', 'retract 204']) {
      expect([...outcomes]).toContain(did);
    }
  }, 180_000);
});
