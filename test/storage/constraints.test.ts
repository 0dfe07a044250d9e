import { describe, expect, it } from 'vitest';
import { CLAIM_COUNTS } from '../../src/domain/claim.js';
import { ConstraintError } from '../../src/storage/constraint-error.js';
import type { Draft } from '../../src/storage/draft.js';
import {
  BARRAGE,
  barrageRow,
  CLAIM,
  claimRow,
  eraRow,
  munitionRow,
  openDatabase,
  rows,
  run,
  SITE,
  seed,
  siteRow,
  sourceRow,
  value,
  write,
} from './fixtures.js';

const OTHER_CLAIM = 'clm_00000000000000000000000002';
const OTHER_SITE = 'dbs_00000000000000000000000002';

async function expectRefused(build: (draft: Draft) => void, reason: RegExp): Promise<void> {
  const db = await openDatabase();
  await seed(db);
  const attempt = write(db, build);
  await expect(attempt).rejects.toBeInstanceOf(ConstraintError);
  await expect(attempt).rejects.toThrow(reason);
  expect(await value(db, 'select max(version) from changes'), 'no version was raised').toBe(2);
}

// Past the schemas, as a program with a mistake in it would write.
const wrong = (value: unknown) => value as never;

describe('counts of claims', () => {
  it.each(CLAIM_COUNTS)('refuses a %s that is negative, a fraction or a text', async (count) => {
    for (const bad of [-1, 0.5, 'many', '']) {
      await expectRefused(
        (draft) => {
          draft.create('claim', claimRow({ id: OTHER_CLAIM, target: 'x', [count]: wrong(bad) }));
        },
        new RegExp(`claims_${count}_count`),
      );
    }
  });
});

describe('debris sites', () => {
  it.each([
    ['debris_sites_killed_count', { killed: -1 }],
    ['debris_sites_injured_count', { injured: wrong('some') }],
    ['debris_sites_latitude', { latitude: 91, longitude: 0 }],
    ['debris_sites_longitude', { latitude: 0, longitude: -181 }],
    ['debris_sites_coordinates_together', { latitude: 50, longitude: null }],
    ['debris_sites_coordinates_together', { latitude: null, longitude: 30 }],
  ])('refuses by %s', async (constraint, changes) => {
    await expectRefused(
      (draft) => draft.create('debris_site', siteRow({ id: OTHER_SITE, place: 'x', ...changes })),
      new RegExp(constraint),
    );
  });
});

describe('reporting eras', () => {
  it('refuses one that ends before it begins', () =>
    expectRefused(
      (draft) =>
        draft.create(
          'reporting_era',
          eraRow({ id: 'xxb-z', from_night: '2024-03-02', to_night: '2024-03-01' }),
        ),
      /reporting_eras_dates_ordered/,
    ));

  it.each([
    ['neither a party nor a source', { party: null }],
    ['both a party and a source', { source: 'xxb-staff' }],
  ])('refuses one of %s', (_, changes) =>
    expectRefused(
      (draft) => draft.create('reporting_era', eraRow({ id: 'xxb-z', ...changes })),
      /reporting_eras_claimant/,
    ),
  );
});

describe('barrages', () => {
  it.each([
    ['an id that does not spell its key', { id: 'xxa-xxb-2024-03-07' }, /barrages_id/],
    [
      'a night that does not exist',
      { id: 'xxa-xxb-2024-02-30', night: '2024-02-30' },
      /barrages_night/,
    ],
    ['a night that is no date', { id: 'xxa-xxb-soon', night: 'soon' }, /barrages_night/],
  ])('refuses %s', (_, changes, reason) =>
    expectRefused(
      (draft) => draft.create('barrage', { ...barrageRow('2024-03-06'), ...changes }),
      reason,
    ),
  );
});

describe('closed lists', () => {
  it.each([
    [
      'sources_kind',
      (d: Draft) => d.create('source', sourceRow({ slug: 'x', kind: wrong('rumour') })),
    ],
    [
      'munitions_category',
      (d: Draft) => d.create('munition', munitionRow({ slug: 'x', category: wrong('drone') })),
    ],
    [
      'claims_scope',
      (d: Draft) =>
        d.create('claim', claimRow({ id: OTHER_CLAIM, target: 'x', scope: wrong('all') })),
    ],
    [
      'claims_basis',
      (d: Draft) =>
        d.create('claim', claimRow({ id: OTHER_CLAIM, target: 'x', basis: wrong('x') })),
    ],
    [
      'claims_origin',
      (d: Draft) =>
        d.create('claim', claimRow({ id: OTHER_CLAIM, target: 'x', origin: wrong('x') })),
    ],
  ])('refuse by %s', (constraint, build) => expectRefused(build, new RegExp(constraint)));

  it('hold operations and key scopes too', async () => {
    const db = await openDatabase();
    const change = `insert into changes (version, seq, at, actor, op, entity, id, revision, fields) values (9, 0, '', '', 'erased', '', '', 1, '[]')`;
    await expect(run(db, change)).rejects.toThrow(/changes_op/);
    const key = `insert into api_keys (id, name, hash, scope, created_at) values ('k', 'n', 'h', 'root', '')`;
    await expect(run(db, key)).rejects.toThrow(/api_keys_scope/);
  });
});

describe('one current revision per id', () => {
  it.each([
    ['source', (d: Draft) => d.create('source', sourceRow({ name: 'x' }), 2), /sources.slug/],
    ['munition', (d: Draft) => d.create('munition', munitionRow(), 2), /munitions.slug/],
    ['reporting_era', (d: Draft) => d.create('reporting_era', eraRow(), 2), /reporting_eras.id/],
    ['barrage', (d: Draft) => d.create('barrage', barrageRow(), 2), /barrages/],
    ['claim', (d: Draft) => d.create('claim', claimRow({ target: 'x' }), 2), /claims.id/],
    [
      'debris_site',
      (d: Draft) => d.create('debris_site', siteRow({ place: 'x' }), 2),
      /debris_sites.id/,
    ],
  ])('refuses a second one of a %s', (_, build, reason) => expectRefused(build, reason));

  it('refuses the same revision twice, even after the first was closed', () =>
    expectRefused((draft) => {
      draft.retract('claim', CLAIM, 1);
      draft.create('claim', claimRow());
    }, /claims.id, claims.revision/));

  it('refuses revision 0', () =>
    expectRefused(
      (draft) => draft.create('claim', claimRow({ id: OTHER_CLAIM, target: 'x' }), 0),
      /claims_revision_positive/,
    ));
});

describe('natural keys', () => {
  it('refuses a second current claim of the same source, url, munition, window, places and target', () =>
    expectRefused(
      (draft) => draft.create('claim', claimRow({ id: OTHER_CLAIM, launched: 99 })),
      /claims_natural_key/,
    ));

  it.each([
    { url: 'https://example.org/1' },
    { window_start: '2024-03-04T21:00' },
    { window_end: '2024-03-05T07:00' },
    { launch_places: ['range A'] },
    { target: 'XXB' },
  ])('takes a claim that differs in %o', async (changes) => {
    const db = await openDatabase();
    await seed(db);
    await write(db, (draft) => draft.create('claim', claimRow({ id: OTHER_CLAIM, ...changes })));
    expect(await value(db, 'select count(*) from claims')).toBe(2);
  });

  it('refuses a second current debris site of the same source, url and place', () =>
    expectRefused(
      (draft) => draft.create('debris_site', siteRow({ id: OTHER_SITE, fallen: 'x' })),
      /debris_sites_natural_key/,
    ));

  it('frees the key when the claim is retracted', async () => {
    const db = await openDatabase();
    await seed(db);
    await write(db, (draft) => draft.retract('claim', CLAIM, 1));
    await write(db, (draft) => draft.create('claim', claimRow({ id: OTHER_CLAIM })));
    const current = await rows(db, 'select id from claims where to_version is null');
    expect(current).toEqual([[OTHER_CLAIM]]);
  });

  it('lets two claims trade their keys within one version', async () => {
    const db = await openDatabase();
    await seed(db);
    const second = (target: string | null) => claimRow({ id: OTHER_CLAIM, target });
    await write(db, (draft) => draft.create('claim', second('XXB')));
    await write(db, (draft) => {
      draft.correct('claim', claimRow({ target: 'XXB' }), 1, ['target']);
      draft.correct('claim', second(null), 1, ['target']);
    });
    expect(await value(db, 'select count(*) from claims where to_version is null')).toBe(2);
  });
});

describe('references', () => {
  const later = { id: OTHER_CLAIM, target: 'x' };
  it.each([
    ['barrage', { barrage_id: 'xxa-xxb-2024-03-06' }, /barrage_id names no current row/],
    ['source', { source: 'nobody' }, /source names no current row/],
    ['munition', { munition: 'nothing' }, /munition names no current row/],
    ['alternative', { alternative_to: 'clm_0000000000000000000000000X' }, /alternative_to names/],
    ['itself as an alternative', { alternative_to: OTHER_CLAIM }, /own_alternative|alternative_to/],
  ])('refuse a claim of an unknown %s', (_, changes, reason) =>
    expectRefused((draft) => draft.create('claim', claimRow({ ...later, ...changes })), reason),
  );

  it.each([
    ['barrage', { barrage_id: 'xxa-xxb-2024-03-06' }, /barrage_id names no current row/],
    ['source', { source: 'nobody' }, /source names no current row/],
    ['region', { region: 'XB-99' }, /FOREIGN KEY/],
  ])('refuse a debris site of an unknown %s', (_, changes, reason) =>
    expectRefused(
      (draft) => draft.create('debris_site', siteRow({ id: OTHER_SITE, place: 'x', ...changes })),
      reason,
    ),
  );

  it('take a retracted barrage for unknown', () =>
    expectRefused((draft) => {
      draft.retract('barrage', BARRAGE, 1);
      draft.create('claim', claimRow(later));
    }, /barrage_id names no current row/));

  it('derive attacker, defender and night of claims and sites from the barrage id', async () => {
    const db = await openDatabase();
    await seed(db);
    const derived = [['XXA', 'XXB', '2024-03-05']];
    expect(
      await rows(db, `select attacker, defender, night from claims where id = '${CLAIM}'`),
    ).toEqual(derived);
    expect(
      await rows(db, `select attacker, defender, night from debris_sites where id = '${SITE}'`),
    ).toEqual(derived);
  });
});
