import { describe, expect, it } from 'vitest';
import { barrageInputSchema } from '../../src/domain/barrage-input.js';
import { claimInputSchema } from '../../src/domain/claim.js';
import { debrisSiteInputSchema } from '../../src/domain/debris-site.js';
import { InvalidRecord, RecordConflict, RecordNotFound } from '../../src/domain/record-error.js';
import type { Source } from '../../src/domain/source.js';
import { retractClaim } from '../../src/storage/correct-claim.js';
import type { Database } from '../../src/storage/database.js';
import { recordBarrage } from '../../src/storage/record-barrage.js';
import { recordClaim } from '../../src/storage/record-claim.js';
import { recordDebrisSite } from '../../src/storage/record-debris-site.js';
import { recordSource } from '../../src/storage/record-source.js';
import { currentVersion } from '../../src/storage/versions.js';
import { BARRAGE, CAUSE, openDatabase, seed, sourceRow, value, write } from './fixtures.js';

const NIGHT = '2024-03-07';
const ID = `xxa-xxb-${NIGHT}`;
const CLAIM = {
  source: 'xxb-staff',
  munition: 'synthetic-uav',
  window_start: NIGHT,
  window_end: NIGHT,
  launched: 10,
  intercepted: 8,
};
const SITE = { source: 'xxb-staff', place: 'Synthetic town' };

const barrage = (changes: object = {}) =>
  barrageInputSchema.parse({ attacker: 'XXA', defender: 'XXB', claims: [CLAIM], ...changes });
const claim = (changes: object = {}) => claimInputSchema.parse({ ...CLAIM, ...changes });
const source = (slug: string): Source => ({
  ...{ party: null, kind: 'official', url: null, note: null },
  slug,
  name: 'Synthetic',
});
const site = (changes: object = {}) => debrisSiteInputSchema.parse({ ...SITE, ...changes });

async function seeded(): Promise<Database> {
  const db = await openDatabase();
  await seed(db);
  return db;
}

/** The errors of a refused record, and that nothing was written for it. */
async function refusal(db: Database, recording: () => Promise<unknown>) {
  const { version } = await currentVersion(db);
  const error: unknown = await recording().catch((thrown: unknown) => thrown);
  expect((await currentVersion(db)).version).toBe(version);
  if (error instanceof InvalidRecord || error instanceof RecordConflict) {
    return error.errors.map(({ pointer, code }) => `${pointer} ${code}`);
  }
  throw error;
}

describe('recordBarrage', () => {
  it('records everything as one version, and the same again as nothing', async () => {
    const db = await seeded();
    const whole = barrage({ debris_sites: [SITE], note: 'noted' });
    expect(await recordBarrage(db, CAUSE, whole)).toMatchObject({ outcome: 'created', id: ID });
    expect((await currentVersion(db)).version).toBe(3);
    for (const part of [whole, barrage(), barrage({ night: NIGHT })]) {
      expect(await recordBarrage(db, CAUSE, part)).toMatchObject({ outcome: 'existing', id: ID });
    }
    expect((await currentVersion(db)).version).toBe(3);
  });

  it('is recorded once by many who post it at the same time', async () => {
    const db = await seeded();
    const posts = Array.from({ length: 12 }, () => recordBarrage(db, CAUSE, barrage()));
    const outcomes = (await Promise.all(posts)).map(({ outcome }) => outcome);
    expect(outcomes.filter((outcome) => outcome === 'created')).toHaveLength(1);
    expect(await value(db, `select count(*) from claims where barrage_id = '${ID}'`)).toBe(1);
  });

  it('is refused where it says otherwise or more than what is recorded', async () => {
    const db = await seeded();
    await recordBarrage(db, CAUSE, barrage({ note: 'noted', debris_sites: [SITE] }));
    const errors = await refusal(db, () =>
      recordBarrage(
        db,
        CAUSE,
        barrage({
          note: 'other',
          claims: [
            { ...CLAIM, intercepted: 9 },
            { ...CLAIM, target: 'elsewhere', intercepted: 1 },
          ],
          debris_sites: [
            { ...SITE, killed: 1 },
            { ...SITE, place: 'Other town' },
          ],
        }),
      ),
    );
    expect(errors).toEqual([
      '/note differs',
      '/claims/0/intercepted differs',
      '/claims/1 not_recorded',
      '/debris_sites/0/killed differs',
      '/debris_sites/1 not_recorded',
    ]);
  });

  it('tells every field that is wrong at once, and stores nothing', async () => {
    const db = await seeded();
    const wrong = barrage({
      defender: 'XXA',
      claims: [
        { ...CLAIM, intercepted: 11 },
        {
          ...CLAIM,
          source: 'nobody',
          munition: 'nothing',
          window_start: '2024-03-09',
          window_end: '2024-03-09',
        },
        { ...CLAIM, intercepted: 11 },
      ],
      debris_sites: [{ ...SITE, region: 'XB-99', cited_by: [{ source: 'nobody' }] }],
    });
    expect((await refusal(db, () => recordBarrage(db, CAUSE, wrong))).toSorted()).toEqual([
      '/claims/0/intercepted exceeds_launched',
      '/claims/0/launched components_exceed_launched',
      '/claims/0/suppressed neutralised_exceeds_launched',
      '/claims/1/munition unknown_munition',
      '/claims/1/source unknown_source',
      '/claims/1/window_start night_mismatch',
      '/claims/2 repeated',
      '/claims/2/intercepted exceeds_launched',
      '/claims/2/launched components_exceed_launched',
      '/claims/2/suppressed neutralised_exceeds_launched',
      '/debris_sites/0/cited_by/0/source unknown_source',
      '/debris_sites/0/region unknown_region',
      '/defender same_party',
    ]);
  });

  it('needs its night where no claim names it', async () => {
    const db = await seeded();
    const errors = await refusal(db, () => recordBarrage(db, CAUSE, barrage({ claims: [] })));
    expect(errors).toEqual(['/night required']);
    const named = await recordBarrage(db, CAUSE, barrage({ claims: [], night: NIGHT }));
    expect(named).toMatchObject({ outcome: 'created', id: ID });
  });

  it('records an impossible claim and an unknown munition when told that they were reported', async () => {
    const db = await seeded();
    const odd = { ...CLAIM, munition: 'feniks', intercepted: 11, as_reported: true };
    await recordBarrage(db, CAUSE, barrage({ claims: [odd, { ...odd, target: 'elsewhere' }] }));
    expect(await value(db, `select category from munitions where slug = 'feniks'`)).toBe(
      'uncategorised',
    );
    expect(await value(db, `select flags from claims where munition = 'feniks'`)).toBe(
      '["intercepted_exceeds_launched","components_exceed_launched","neutralised_exceeds_launched","unknown_munition"]',
    );
  });

  it('takes up the revisions of a barrage that was retracted', async () => {
    const db = await seeded();
    await recordBarrage(db, CAUSE, barrage({ claims: [], night: NIGHT }));
    await write(db, (draft) => draft.retract('barrage', ID, 1));
    await recordBarrage(db, CAUSE, barrage());
    expect(await value(db, `select max(revision) from barrages where id = '${ID}'`)).toBe(2);
  });

  it('refuses claims that compete with a claim it does not hold', async () => {
    const db = await seeded();
    const rival = { ...CLAIM, alternative_to: 'clm_00000000000000000000000001' };
    const errors = await refusal(db, () => recordBarrage(db, CAUSE, barrage({ claims: [rival] })));
    expect(errors).toEqual(['/claims/0/alternative_to not_a_headline_claim']);
  });
});

describe('recordClaim', () => {
  it('needs a barrage that exists', async () => {
    const db = await seeded();
    const recording = recordClaim(db, CAUSE, 'xxa-xxb-2000-01-01', claim());
    await expect(recording).rejects.toBeInstanceOf(RecordNotFound);
  });

  it('takes the same statement for the same claim, however its places are written', async () => {
    const db = await seeded();
    await recordBarrage(db, CAUSE, barrage());
    const again = await recordClaim(db, CAUSE, ID, claim());
    expect(again.outcome).toBe('existing');
    const errors = await refusal(db, () =>
      recordClaim(db, CAUSE, ID, claim({ target: 'the coast' })),
    );
    expect(errors).toEqual(['/target possible_duplicate']);
    const both = claim({ target: 'the coast', as_reported: true });
    expect((await recordClaim(db, CAUSE, ID, both)).outcome).toBe('created');
    expect(await value(db, `select flags from claims where target = 'the coast'`)).toBe(
      '["unknown_place","possible_duplicate"]',
    );
  });

  it('is compared with what it may repeat: not with another statement, nor with what was retracted', async () => {
    const db = await seeded();
    await recordBarrage(db, CAUSE, barrage());
    const other = claim({ target: 'the coast', launched: 11 });
    const { id } = await recordClaim(db, CAUSE, ID, other);
    const places = { launch_places: ['Synthetic field'], launched: null, intercepted: null };
    expect((await recordClaim(db, CAUSE, ID, claim(places))).outcome).toBe('created');
    expect(await recordClaim(db, CAUSE, ID, claim(places))).toMatchObject({ outcome: 'existing' });
    await retractClaim(db, CAUSE, { id, revision: null });
    expect((await recordClaim(db, CAUSE, ID, other)).outcome).toBe('created');
  });

  it('says at which version and instant it can be seen, new or known', async () => {
    const db = await seeded();
    await recordBarrage(db, CAUSE, barrage());
    const posted = claim({ target: 'the coast', launched: 12 });
    const made = await recordClaim(db, CAUSE, ID, posted);
    expect(await currentVersion(db)).toEqual({ version: made.version, at: made.at });
    await recordSource(db, CAUSE, source('later'));
    const known = await recordClaim(db, CAUSE, ID, posted);
    expect(await currentVersion(db)).toEqual({ version: known.version, at: known.at });
    expect(known.version).toBe(made.version + 1);
  });

  it('knows the sources and munitions that others of its group have just recorded', async () => {
    const db = await seeded();
    await recordBarrage(db, CAUSE, barrage());
    const unheard = claim({ source: 'unheard', munition: 'unseen', as_reported: true });
    const [refused, , , taken] = await Promise.allSettled([
      recordClaim(db, CAUSE, ID, unheard),
      recordClaim(db, CAUSE, ID, claim({ launched: 13, target: 'x' })),
      recordSource(db, CAUSE, source('unheard')),
      recordClaim(db, CAUSE, ID, unheard),
    ]);
    expect(refused).toMatchObject({ reason: expect.any(InvalidRecord) });
    expect(taken).toMatchObject({ value: { outcome: 'created' } });
    const again = claim({ munition: 'unseen' });
    expect((await recordClaim(db, CAUSE, ID, again)).outcome).toBe('created');
  });

  it('competes with a headline claim of its own barrage alone', async () => {
    const db = await seeded();
    await recordBarrage(db, CAUSE, barrage());
    const headline = String(await value(db, `select id from claims where barrage_id = '${ID}'`));
    const rival = { target: 'x', intercepted: 1, alternative_to: headline };
    const { id } = await recordClaim(db, CAUSE, ID, claim(rival));
    const third = { target: 'y', intercepted: 2, alternative_to: id };
    const errors = await refusal(db, () => recordClaim(db, CAUSE, ID, claim(third)));
    expect(errors).toEqual(['/alternative_to not_a_headline_claim']);
  });

  it('fills left_airspace from the countries it went to', async () => {
    const db = await seeded();
    const away = { left_airspace_to: { BLR: 1, XXA: null } };
    await recordBarrage(db, CAUSE, barrage({ claims: [{ ...CLAIM, ...away }] }));
    expect(await value(db, `select left_airspace from claims where barrage_id = '${ID}'`)).toBe(1);
  });
});

describe('recordDebrisSite', () => {
  it('needs a barrage that exists', async () => {
    const db = await seeded();
    const recording = recordDebrisSite(db, CAUSE, 'xxa-xxb-2000-01-01', site());
    await expect(recording).rejects.toBeInstanceOf(RecordNotFound);
  });

  it('is recorded once, and refused where it says otherwise', async () => {
    const db = await seeded();
    const other = { place: 'Other town', injured: 2 };
    expect((await recordDebrisSite(db, CAUSE, BARRAGE, site(other))).outcome).toBe('created');
    expect((await recordDebrisSite(db, CAUSE, BARRAGE, site(other))).outcome).toBe('existing');
    const without = site({ place: 'Other town' });
    const errors = await refusal(db, () => recordDebrisSite(db, CAUSE, BARRAGE, without));
    expect(errors).toEqual(['/injured differs']);
  });
});

describe('recordSource', () => {
  it('is recorded once, and never changes its party by being posted again', async () => {
    const db = await seeded();
    const source = sourceRow({ slug: 'wire', party: null, kind: 'media' }) as Parameters<
      typeof recordSource
    >[2];
    expect(await recordSource(db, CAUSE, source)).toMatchObject({ outcome: 'created', id: 'wire' });
    expect((await recordSource(db, CAUSE, source)).outcome).toBe('existing');
    const errors = await refusal(db, () => recordSource(db, CAUSE, { ...source, party: 'XXB' }));
    expect(errors).toEqual(['/party differs']);
    const known = {
      ...source,
      slug: 'xxb-staff',
      name: 'Synthetic staff',
      kind: 'official' as const,
    };
    expect(await refusal(db, () => recordSource(db, CAUSE, known))).toEqual(['/party differs']);
  });
});
