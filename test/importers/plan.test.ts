import { describe, expect, it } from 'vitest';
import type { ClaimContent } from '../../src/domain/claim.js';
import type { ExistingClaim, ImportPlan } from '../../src/importers/import-types.js';
import { planImport } from '../../src/importers/plan.js';
import {
  CODE_LISTS,
  COLUMNS_2023,
  COLUMNS_2026,
  parse,
  parseRow,
  type Row,
  row,
  stored,
  type WholeFile,
} from './fixtures.js';

const plan = (file: WholeFile, existing: ExistingClaim[], previous: WholeFile | null = null) =>
  planImport(file, existing, previous, CODE_LISTS);

const claimsOf = (file: WholeFile): ExistingClaim[] =>
  file.rows.map((parsed) => stored(parsed, `clm_${parsed.line}`));

/** A claim that a client recorded: the content of a row, changed as given, without the row. */
function byHand(
  changes: Row = {},
  content: Partial<ClaimContent> = {},
  id = 'clm_hand',
): ExistingClaim {
  const parsed = parseRow(changes);
  const hand = { ...parsed.content, ...content };
  return stored({ ...parsed, content: hand }, id, { origin: 'client', raw: null });
}

/** The claims as they stand after a plan was written. */
function written(
  existing: readonly ExistingClaim[],
  { corrections, retractions, creations, freed }: ImportPlan,
) {
  const gone = new Set([...corrections, ...retractions].map(({ claim }) => claim.id));
  return [
    ...existing
      .filter(({ id }) => !gone.has(id))
      .map((claim) => ({
        ...claim,
        content: freed.find((one) => one.claim.id === claim.id)?.content ?? claim.content,
      })),
    ...retractions
      .filter(({ detach }) => detach)
      .map(({ claim }) => ({
        ...claim,
        content: freed.find((one) => one.claim.id === claim.id)?.content ?? claim.content,
        import_id: null,
        import_line: null,
      })),
    ...corrections.map(({ claim, row: corrected }) =>
      stored(corrected, claim.id, { origin: claim.origin, set_by_hand: claim.set_by_hand }),
    ),
    ...creations.map((created) => stored(created, `clm_new_${created.line}`)),
  ];
}

function expectNothingMore(file: WholeFile, existing: readonly ExistingClaim[], first: ImportPlan) {
  const again = plan(file, written(existing, first), file);
  expect([again.creations, again.corrections, again.retractions, again.freed]).toEqual([
    [],
    [],
    [],
    [],
  ]);
}

describe('planImport against claims of earlier snapshots', () => {
  it('creates every row of a first snapshot', () => {
    const file = parse([row(), row({ model: 'Kalibr' })]);
    const { creations, matching } = plan(file, []);
    expect(creations).toEqual(file.rows);
    expect(matching).toMatchObject({ matched: 0, added: 2, backfilled: 0, removed: 0, edited: 0 });
  });

  it('plans nothing for the same rows in another order and another writing', () => {
    const file = parse([row(), row({ model: 'Kalibr' })]);
    const newer = parse([row({ model: 'Kalibr ' }), row({ launched: '10' })]);
    const { creations, corrections, retractions, unchanged } = plan(newer, claimsOf(file), file);
    expect([creations, corrections, retractions, unchanged]).toEqual([[], [], [], 2]);
  });

  it('corrects an edited row and names the changed fields and columns', () => {
    const file = parse([row(), row({ model: 'Kalibr' })]);
    const newer = parse([
      row({ destroyed: '12', launch_place: 'A oblast' }),
      row({ model: 'Kalibr', destroyed: '7' }),
    ]);
    const { corrections, matching } = plan(newer, claimsOf(file), file);
    expect(corrections.map(({ kind, claim, fields }) => [kind, claim.id, fields])).toEqual([
      ['edited', 'clm_2', ['intercepted', 'launch_places', 'flags']],
      ['edited', 'clm_3', ['intercepted']],
    ]);
    expect(matching).toMatchObject({ edited: 2, fields: { destroyed: 2, launch_place: 1 } });
  });

  it('gives an edit that changes no field a revision all the same, so that the row is the one published', () => {
    const file = parse([row({ launch_place: 'A and B' })]);
    const newer = parse([row({ launch_place: 'A and and B' })]);
    const { corrections } = plan(newer, claimsOf(file), file);
    expect(corrections.map(({ kind, fields }) => [kind, fields])).toEqual([['edited', []]]);
    expectNothingMore(newer, claimsOf(file), plan(newer, claimsOf(file), file));
  });

  it('moves a claim to another night', () => {
    const file = parse([row()]);
    const newer = parse([row({ time_start: '2024-03-05 20:00', time_end: '2024-03-06 06:00' })]);
    const [correction] = plan(newer, claimsOf(file), file).corrections;
    expect(correction?.fields).toEqual(['window_start', 'window_end', 'barrage_id']);
  });

  it('tells a column that only one snapshot has from an edit', () => {
    const file = parse([row({ launch_place: 'A' })], COLUMNS_2023);
    const newer = parse([row({ launch_place: 'A', num_hit_location: '2' })], COLUMNS_2026);
    const wider = plan(newer, claimsOf(file), file);
    expect(wider.corrections.map(({ kind, fields }) => [kind, fields])).toEqual([
      ['extended', ['hit_locations']],
    ]);
    const narrower = plan(file, claimsOf(newer), newer);
    expect(narrower.corrections.map(({ kind, fields }) => [kind, fields])).toEqual([
      ['extended', ['hit_locations']],
    ]);
    expect([wider.matching.edited, narrower.matching.edited]).toEqual([0, 0]);
  });

  it('corrects what follows from a row when the code lists or rules have changed', () => {
    const file = parse([row({ model: 'Feniks' })]);
    const newer = parse([row({ model: 'Feniks' })], undefined, 'model,category\nFeniks,UAV\n');
    const { corrections } = plan(newer, claimsOf(file), file);
    expect(corrections.map(({ kind, fields }) => [kind, fields])).toEqual([
      ['rederived', ['basis', 'flags']],
    ]);
  });

  it('retracts a claim whose row vanished and counts late rows', () => {
    const file = parse([row(), row({ model: 'Kalibr' })]);
    const newer = parse([
      row(),
      row({ model: 'Lancet', target: 'south' }),
      row({ model: 'X-22', time_start: '2024-04-01', time_end: '2024-04-01' }),
    ]);
    const { retractions, creations, matching } = plan(newer, claimsOf(file), file);
    expect(retractions.map(({ claim, detach }) => [claim.id, detach])).toEqual([['clm_3', false]]);
    expect(creations.map(({ line }) => line)).toEqual([3, 4]);
    expect(matching).toMatchObject({ removed: 1, added: 2, backfilled: 1, matched: 1 });
  });

  it('holds a claim whose row is still there but can no longer be read', () => {
    const file = parse([row(), row({ model: 'Kalibr' })]);
    const newer = parse([
      row(),
      row({ model: 'Kalibr', launched: '1O' }),
      row({ model: 'Lancet', target: 'south', launched: '1O' }),
    ]);
    const { retractions, held, unchanged, matching } = plan(newer, claimsOf(file), file);
    expect([retractions, unchanged, matching.added]).toEqual([[], 1, 0]);
    expect(held.map(({ claim, line }) => [claim.id, line])).toEqual([['clm_3', 3]]);
  });

  it('keeps what somebody added to an imported claim and no row speaks of', () => {
    const file = parse([row()]);
    const [claim] = claimsOf(file);
    const noted =
      claim === undefined ? [] : [{ ...claim, content: { ...claim.content, note: 'checked' } }];
    expect(plan(file, noted, file).unchanged).toBe(1);
    const [correction] = plan(parse([row({ destroyed: '7' })]), noted, file).corrections;
    expect(correction?.row.content).toMatchObject({ intercepted: 7, note: 'checked' });
  });
});

describe('planImport beside claims recorded by hand', () => {
  const bare = { url: null, target: null, launch_places: [], scope: 'national' as const };
  const words = {
    note: 'by hand',
    cited_by: [{ source: 'wire', url: null, published: null, via: null }],
  };

  it('gives a claim that says the same the row as its provenance, instead of a second claim', () => {
    const file = parse([row({ launch_place: 'A oblast' })]);
    const hand = [byHand({}, { ...bare, ...words, hit_locations: 3 })];
    const first = plan(file, hand);
    expect(first).toMatchObject({
      creations: [],
      retractions: [],
      possible_duplicates: [],
      rejects: [],
    });
    expect(first.corrections.map(({ kind, claim, fields }) => [kind, claim.id, fields])).toEqual([
      ['adopted', 'clm_hand', ['url', 'launch_places', 'target']],
    ]);
    expect(first.corrections[0]?.row.content).toMatchObject({
      ...words,
      hit_locations: 3,
      target: 'Ukraine',
      launch_places: ['A oblast'],
    });
    expectNothingMore(file, hand, first);
  });

  it('lets the row win where both describe', () => {
    const file = parse([row({ launch_place: 'A oblast' })]);
    const [adopted] = plan(file, [byHand({ launch_place: 'somewhere' })]).corrections;
    expect(adopted?.row.content.launch_places).toEqual(['A oblast']);
  });

  it('binds each claim to the row that names the same places, whatever their order', () => {
    const places = ['A oblast', 'B oblast', 'C oblast'];
    const file = parse(places.map((launch_place) => row({ launch_place })));
    const hand = [
      byHand({ launch_place: 'C oblast' }, {}, 'clm_1'),
      byHand({ launch_place: 'B oblast' }, { url: null }, 'clm_2'),
      byHand({ launch_place: 'elsewhere' }, {}, 'clm_3'),
    ];
    const { corrections } = plan(file, hand.toReversed());
    expect(corrections.map(({ claim, row: { line } }) => [line, claim.id])).toEqual([
      [2, 'clm_3'],
      [3, 'clm_2'],
      [4, 'clm_1'],
    ]);
  });

  it('keeps hand-written words through later corrections, and blanks only what a row had filled', () => {
    const first = parse([row({ num_hit_location: '2' })]);
    const hand = [byHand({}, { ...bare, ...words, turbojet: 4 })];
    const claims = written(hand, plan(first, hand));
    const newer = parse([row({ num_hit_location: '', carrier: 'x' })]);
    const [correction] = plan(newer, claims, first).corrections;
    expect(correction).toMatchObject({ kind: 'edited', fields: ['hit_locations', 'carriers'] });
    expect(correction?.row.content).toMatchObject({
      ...words,
      turbojet: 4,
      hit_locations: null,
      carriers: 'x',
    });
  });

  it('derives regions and flags from the claim that results', () => {
    const file = parse([row({ target: '', model: 'Feniks' })]);
    const [adopted] = plan(file, [
      byHand({ target: '', model: 'Feniks' }, { target: 'Sumy', strike_uav_min: 99 }),
    ]).corrections;
    expect(adopted?.row.regions).toEqual(['UA-59']);
    expect(adopted?.row.flags).toEqual(['strike_uavs_exceed_launched', 'unknown_munition']);
  });

  it('detaches a claim recorded by hand whose row vanished', () => {
    const first = parse([row(), row({ model: 'Kalibr' })]);
    const hand = [byHand()];
    const claims = written(hand, plan(first, hand));
    const newer = parse([row({ model: 'Kalibr' })]);
    const next = plan(newer, claims, first);
    expect(next.retractions.map(({ claim, detach }) => [claim.id, detach])).toEqual([
      ['clm_hand', true],
    ]);
    expectNothingMore(newer, claims, next);
  });

  it('detaches a claim that others compete with, so that it does not vanish from under them', () => {
    const first = parse([row(), row({ model: 'Kalibr' })]);
    const claims = written([], plan(first, []));
    const [headline] = claims;
    if (headline === undefined) throw new Error('nothing was created');
    const content = { ...headline.content, source: 'wire', alternative_to: headline.id };
    const rival = { ...headline, id: 'clm_rival', origin: 'client' as const, raw: null, content };
    const next = plan(parse([row({ model: 'Kalibr' })]), [...claims, rival], first);
    expect(next.retractions.map(({ claim, detach }) => [claim.id, detach])).toEqual([
      [headline.id, true],
    ]);
  });

  it('binds it again when another row of the same file says the same', () => {
    const first = parse([row({ launch_place: 'A' })]);
    const hand = [byHand({ launch_place: 'A' })];
    const claims = written(hand, plan(first, hand));
    const newer = parse([row({ launch_place: 'B' }), row({ launch_place: 'C', launched: '11' })]);
    const next = plan(newer, claims, first);
    expect(next.corrections.map(({ kind, claim }) => [kind, claim.id])).toEqual([
      ['adopted', 'clm_hand'],
    ]);
    expect([next.retractions, next.creations.map(({ line }) => line)]).toEqual([[], [3]]);
    expectNothingMore(newer, claims, next);
  });

  it('flags and lists a row that nearly repeats a claim, also in later imports', () => {
    const file = parse([
      row({ destroyed: '9', time_end: '2024-03-05 07:00' }),
      row({ model: 'Kalibr' }),
    ]);
    const hand = [byHand()];
    const first = plan(file, hand);
    expect(first.possible_duplicates).toEqual([
      { line: 2, claim_id: 'clm_hand', differs: ['window_end', 'intercepted'] },
    ]);
    expect(first.creations.map(({ flags }) => flags)).toEqual([['possible_duplicate'], []]);
    expectNothingMore(file, hand, first);
    expect(plan(file, written(hand, first), file).possible_duplicates).toHaveLength(1);
  });

  it('leaves alternatives alone', () => {
    const hand = [byHand({}, { url: null, alternative_to: 'clm_00000000000000000000000000' })];
    const { creations, possible_duplicates } = plan(parse([row()]), hand);
    expect([creations.length, creations[0]?.flags, possible_duplicates]).toEqual([1, [], []]);
  });

  it('rejects a row that contradicts a claim under the same natural key, naming the claim', () => {
    const file = parse([row({ destroyed: '9' })]);
    const { creations, rejects, possible_duplicates } = plan(file, [byHand()]);
    expect(creations).toEqual([]);
    expect(rejects).toEqual([
      {
        line: 2,
        column: 'source',
        value: row().source,
        reason:
          'must not say otherwise than claim clm_hand, which has the same source, url, munition, window, launch places and target',
      },
    ]);
    expect(possible_duplicates).toMatchObject([{ differs: ['intercepted'] }]);
  });

  it('rejects the second of two rows that would end under one natural key', () => {
    const file = parse([row({ target: '' }), row({ destroyed: '9' })]);
    const { corrections, creations, rejects } = plan(file, [byHand()]);
    expect([corrections.length, creations.length]).toEqual([1, 0]);
    expect(rejects).toMatchObject([{ line: 3, reason: expect.stringContaining('than line 2') }]);
  });
});

describe('planImport after somebody set something right by hand', () => {
  const [first] = claimsOf(parse([row()]));
  if (first === undefined) throw new Error('no row');
  const corrected: ExistingClaim = {
    ...first,
    content: { ...first.content, launched: 66, note: 'a slip in the file' },
    set_by_hand: ['launched', 'note'],
  };

  it('keeps the correction against the same row, and says that the file is overruled', () => {
    const found = plan(parse([row()]), [corrected]);
    expect([found.creations, found.corrections, found.retractions]).toEqual([[], [], []]);
    expect(found.unchanged).toBe(1);
    expect(found.overruled).toEqual([{ line: 2, claim_id: first.id, fields: ['launched'] }]);
  });

  it('takes what the file changes elsewhere, and derives the flags from what then stands', () => {
    const [correction] = plan(parse([row({ destroyed: '67' })]), [corrected]).corrections;
    expect(correction?.row.content).toMatchObject({ launched: 66, intercepted: 67 });
    expect(correction?.row.flags).toContain('intercepted_exceeds_launched');
    expect(correction?.fields).toEqual(['intercepted', 'flags']);
  });

  it('is overruled no longer once the file says the same', () => {
    const found = plan(parse([row({ launched: '66' })]), [corrected]);
    expect(found.overruled).toEqual([]);
    expect(found.corrections).toMatchObject([{ kind: 'edited', fields: [] }]);
  });

  it('keeps a window set by hand, and with it the night', () => {
    const window = { window_start: '2023-01-01', window_end: '2023-01-01T08:00' };
    const moved = { ...first, content: { ...first.content, ...window } };
    const set = { ...moved, barrage_id: 'rus-ukr-2023-01-01' };
    const found = plan(parse([row({ destroyed: '1' })]), [
      { ...set, set_by_hand: ['window_start', 'window_end'] },
    ]);
    expect(found.corrections).toMatchObject([
      { row: { barrage: { night: '2023-01-01' }, content: window }, fields: ['intercepted'] },
    ]);
  });

  it('makes no new claim of a row whose claim was retracted by hand, however often it comes', () => {
    const gone = { ...first, retracted_by_hand: true };
    const twin = { ...first, id: 'clm_twin' };
    const both = plan(parse([row(), row({ model: 'Kalibr' })]), [gone]);
    expect(both.creations).toMatchObject([{ content: { munition: 'kalibr' } }]);
    expect(both.withheld).toEqual([{ line: 2, claim_id: first.id }]);
    const absent = plan(parse([row({ model: 'Kalibr' })]), [gone, twin]);
    expect(absent.retractions.map(({ claim }) => claim.id)).toEqual(['clm_twin']);
    expect(absent.withheld).toEqual([]);
  });

  it('detaches a claim that another one repeats when its row vanishes', () => {
    const quoting = byHand({}, { source: 'verkhovna-rada', independent_of: [first.id] });
    const found = plan(parse([row({ model: 'Kalibr' })]), [first, quoting]);
    expect(found.retractions).toMatchObject([{ claim: { id: first.id }, detach: true }]);
  });

  it('detaches a corrected claim whose row misses a snapshot, and gives it the row back later', () => {
    const other = row({ model: 'Kalibr' });
    const b = parse([other]);
    const vanished = plan(b, [corrected], parse([row()]));
    expect(vanished.retractions).toMatchObject([{ claim: { id: first.id }, detach: true }]);
    expectNothingMore(b, [corrected], vanished);
    const claims = written([corrected], vanished);
    const c = parse([other, row()]);
    const back = plan(c, claims, b);
    expect([back.creations, back.retractions, back.rejects]).toEqual([[], [], []]);
    expect(back.corrections).toMatchObject([
      { kind: 'adopted', claim: { id: first.id }, fields: [], row: { content: { launched: 66 } } },
    ]);
    expect(back.matching).toMatchObject({ removed: 0, edited: 0, added: 0 });
    expect(back.overruled).toMatchObject([{ claim_id: first.id, fields: ['launched'] }]);
    expectNothingMore(c, claims, back);
  });

  it('does so for a claim first recorded by hand too, and lets nothing take its place meanwhile', () => {
    const adopted = { ...corrected, origin: 'client' as const };
    const b = parse([row({ model: 'Kalibr' })]);
    const claims = written([adopted], plan(b, [adopted], b));
    const c = parse([row({ model: 'Kalibr' }), row()]);
    const back = plan(c, claims, b);
    expect(back).toMatchObject({ rejects: [], corrections: [{ kind: 'adopted' }] });
    // Another row of its natural key does not overrule it.
    const edited = plan(parse([row({ time_end: '2024-03-05 05:00' })]), claims, b);
    expect(edited).toMatchObject({ creations: [], corrections: [{ claim: { id: first.id } }] });
  });

  it('retracts a detached claim once nobody has a hand in it any more', () => {
    const b = parse([row({ model: 'Kalibr' })]);
    const claims = written([corrected], plan(b, [corrected], b));
    const released = claims.map((claim) => ({ ...claim, set_by_hand: [] }));
    const next = plan(b, released, b);
    expect(next.retractions).toMatchObject([{ claim: { id: first.id }, detach: false }]);
    expectNothingMore(b, released, next);
  });

  it('never lets a detached claim stand between the rows of the last snapshot and their claims', () => {
    const gone = { ...corrected, id: 'clm_gone', import_id: null, import_line: null };
    const near = stored(parseRow({ target: 'x' }), 'clm_near');
    const file = parse([row({ target: 'y' })]);
    const { corrections, creations } = plan(file, [gone, near], parse([row({ target: 'x' })]));
    expect([creations, corrections.map(({ claim }) => claim.id)]).toEqual([[], ['clm_near']]);
  });

  it('calls no withheld row a possible duplicate', () => {
    const gone = { ...first, retracted_by_hand: true };
    const hand = byHand({}, { window_end: '2024-03-05T05:00' });
    const found = plan(parse([row()]), [gone, hand]);
    expect(found).toMatchObject({ withheld: [{ line: 2 }], possible_duplicates: [] });
  });
});

describe('planImport when a claim that others name moves to another night', () => {
  const [headline] = claimsOf(parse([row()]));
  if (headline === undefined) throw new Error('no row');
  const moved = parse([row({ time_start: '2024-03-06 20:00', time_end: '2024-03-07 06:00' })]);
  const naming = (content: Partial<ClaimContent>, id: string) =>
    byHand({}, { source: 'wire', ...content }, id);

  it('frees the claims that it leaves behind, and says which', () => {
    const stays = 'clm_stays';
    const existing = [
      headline,
      naming({ alternative_to: headline.id }, 'clm_rival'),
      naming({ independent_of: [stays, headline.id], target: 'x' }, 'clm_quote'),
      naming({ target: 'y' }, stays),
      naming({ independent_of: [stays], target: 'z' }, 'clm_other'),
      { ...naming({ independent_of: [headline.id] }, 'clm_out'), retracted_by_hand: true },
    ];
    const found = plan(moved, existing, parse([row()]));
    expect(found.freed.map(({ claim, fields }) => [claim.id, fields])).toEqual([
      ['clm_rival', ['alternative_to']],
      ['clm_quote', ['independent_of']],
    ]);
    expect(
      found.freed.map(({ content }) => [content.alternative_to, content.independent_of]),
    ).toEqual([
      [null, []],
      [null, [stays]],
    ]);
    expectNothingMore(moved, existing, found);
  });

  it('frees the claim that moves away from those that it names', () => {
    const other = naming({}, 'clm_other');
    const hand = { alternative_to: other.id };
    const rival: ExistingClaim = {
      ...headline,
      content: { ...headline.content, ...hand },
      set_by_hand: ['alternative_to'],
    };
    const found = plan(moved, [rival, other], parse([row()]));
    expect(found.freed).toMatchObject([{ claim: { id: rival.id }, fields: ['alternative_to'] }]);
    const [correction] = found.corrections;
    expect(correction?.row.content.alternative_to).toBeNull();
    expect(correction?.fields).toContain('alternative_to');
    expectNothingMore(moved, [rival, other], found);
  });

  it('leaves those alone that move together', () => {
    const rival: ExistingClaim = {
      ...stored(parseRow({ model: 'Kalibr' }), 'clm_rival'),
      set_by_hand: ['alternative_to'],
    };
    const content = { ...rival.content, alternative_to: headline.id };
    const later = { time_start: '2024-03-06 20:00', time_end: '2024-03-07 06:00' };
    const both = parse([row(later), row({ ...later, model: 'Kalibr' })]);
    const found = plan(both, [headline, { ...rival, content }], parse([row()]));
    expect([found.freed, found.corrections.length]).toEqual([[], 2]);
  });
});
