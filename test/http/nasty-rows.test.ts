import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { POST, type Row, row, SOUTH_POST } from '../importers/fixtures.js';
import { importRows } from '../support/import-rows.js';
import { type TestApp, testApp } from '../support/test-app.js';

// The fourteen awkward shapes of oracle/nasty-rows.md with invented numbers, from file to figure.
const ROWS: Row[] = [
  row({
    time_start: '2025-02-05 21:00 ',
    time_end: '2025-02-06 08:00',
    launched: '90.0',
    destroyed: '45.0',
    not_reach_goal: '36.0',
  }),
  ...['Shahed-136/131', 'Supercam', 'Orlan-10'].map((model) =>
    row({
      time_start: '2023-04-16 3:30',
      time_end: '2023-04-16 6:00',
      model,
      launched: '4',
      destroyed: '4',
    }),
  ),
  row({
    time_start: '2024-09-11',
    time_end: '2024-09-11 08:00',
    launched: '40',
    destroyed: '34',
    not_reach_goal: '2',
    border_crossing: "{'belarus': 4.0}",
    destroyed_details: "{'Kyiv oblast and Sumy oblast': 9, 'Poltava oblast': NaN}",
  }),
  row({
    time_start: '2025-08-01 17:00',
    time_end: '2025-08-02 09:30',
    launched: '600',
    destroyed: '570',
    not_reach_goal: '0',
  }),
  row({
    time_start: '2024-02-01',
    time_end: '2024-02-01',
    model: 'Nova and Kalibr',
    launched: '14',
    destroyed: '',
  }),
  row({
    time_start: '2024-02-02',
    time_end: '2024-02-02',
    model: 'Kalibr',
    launched: '',
    destroyed: '0.0',
  }),
  row({
    time_start: '2024-12-20',
    time_end: '2024-12-20 08:00',
    launched: '20',
    destroyed: '19',
    not_reach_goal: '12',
  }),
  ...['Voronezh oblast', 'Crimea'].map((launch_place) =>
    row({
      time_start: '2025-02-10 19:00',
      time_end: '2025-02-11 09:00',
      model: 'Iskander-M',
      launch_place,
      launched: '1',
      destroyed: '0',
    }),
  ),
  row({
    time_start: '2025-09-10 20:30',
    time_end: '2025-09-11 09:30',
    source: SOUTH_POST,
    launched: '50',
    destroyed: '45',
    num_hit_location: '6.0',
    num_fall_fragment_location: '0.0',
  }),
  row({
    time_start: '2025-10-10 18:00',
    time_end: '2025-10-11 09:30',
    launched: '120',
    destroyed: '54',
    not_reach_goal: '0',
  }),
  row({
    time_start: '2025-10-11',
    time_end: '2025-10-11',
    source: SOUTH_POST,
    target: 'south',
    launched: '17',
    destroyed: '17',
  }),
  row({
    time_start: '2024-08-26 03:00',
    time_end: '2024-08-26 18:00',
    model: 'X-101/X-555 and Kalibr',
    launched: '30',
    destroyed: '24',
    launched_details: "{'X-101/X-555': 20, 'Kalibr': 10}",
  }),
  row({
    time_start: '2025-04-16 23:50',
    time_end: '2025-04-17 12:00',
    launch_place: 'Kursk oblast and Oryol oblast and and Yeysk and Chauda, Crimea',
    launched: '62',
    destroyed: '36',
    not_reach_goal: '6',
  }),
  row({
    time_start: '2025-12-20 18:00',
    time_end: '2025-12-21 13:00',
    launched: '500',
    destroyed: '450',
    not_reach_goal: '15',
    still_attacking: '5',
  }),
  row({
    time_start: '2024-03-20',
    time_end: '2024-03-20',
    model: 'Вигаданий',
    launched: '1',
    destroyed: '1',
  }),
];

describe('awkward rows, from file to figure', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await testApp();
    const summary = await importRows(test.db, ROWS, 'invented.csv');
    expect(summary).toMatchObject({ created: ROWS.length, rejected: [] });
  });
  afterAll(() => test.close());

  const night = async (date: string, more = '') =>
    (await test.get(`/stats?from=${date}&to=${date}${more}`)).json().data;
  const claims = async (date: string) =>
    (await test.get(`/claims?from=${date}&to=${date}&sort=night`)).json().data;
  const EVERYTHING = '&scope=national,regional,other&basis=barrage,tally';

  it('1: a trailing space changes nothing', async () => {
    const { rates } = await night('2025-02-06');
    expect([rates.interception.value, rates.neutralisation.value]).toEqual([0.5, 0.9]);
  });

  it('2: three reports of one night, two of them tallies without a rate', async () => {
    expect(await night('2023-04-16')).toMatchObject({
      claims: 1,
      launched: 4,
      excluded: { tally: 2 },
    });
    expect((await night('2023-04-16', '&basis=tally')).rates.interception.reason).toBe(
      'tally_only',
    );
  });

  it('3: those who left are accounted for, and locations nobody gives are null', async () => {
    expect(await night('2024-09-11')).toMatchObject({
      launched: 40,
      left_airspace: 4,
      unaccounted: 0,
      hit_locations: null,
      debris_locations: null,
    });
    const [claim] = await claims('2024-09-11');
    expect(claim).toMatchObject({
      left_airspace_to: { BLR: 4 },
      intercepted_by_place: { 'Kyiv oblast and Sumy oblast': 9, 'Poltava oblast': null },
    });
  });

  it('4: a window from 17:00 belongs to the night of its morning', async () => {
    expect((await night('2025-08-02')).rates.interception.value).toBe(0.95);
    expect((await night('2025-08-01')).claims).toBe(0);
  });

  it('5: an unknown outcome is in no rate but in what was launched', async () => {
    const data = await night('2024-02-01');
    expect(data).toMatchObject({
      launched: null,
      launched_all: 14,
      flagged: { outcome_unknown: 1, unknown_munition: 1 },
    });
    expect(data.rates.interception).toMatchObject({ value: null, reason: 'outcome_unknown' });
  });

  it('6: an unknown number of launches gives neither 0/0 nor 0 %', async () => {
    const data = await night('2024-02-02');
    expect(data).toMatchObject({
      launched: null,
      launched_all: null,
      intercepted_all: 0,
      flagged: { launched_unknown: 1 },
    });
    expect(data.rates.interception).toMatchObject({ value: null, reason: 'denominator_unknown' });
  });

  it('7: more outcomes than launches are kept, flagged and give no rate', async () => {
    const data = await night('2024-12-20');
    expect(data.rates.interception.value).toBe(0.95);
    expect(data.rates.neutralisation).toMatchObject({
      value: null,
      numerator: 31,
      reason: 'impossible_claims',
    });
    expect(data.flagged).toEqual({
      components_exceed_launched: 1,
      neutralised_exceeds_launched: 1,
    });
  });

  it('8: two launch places of one post are two reports without a flag', async () => {
    expect(await night('2025-02-11')).toMatchObject({
      claims: 2,
      launched: 2,
      intercepted: 0,
      flagged: {},
    });
  });

  it('9: a regional page on the whole country is national, and 0 places is a real 0', async () => {
    expect(await night('2025-09-11')).toMatchObject({
      claims: 1,
      hit_locations: 6,
      debris_locations: 0,
    });
  });

  it('10: a regional tally stays outside the national figure', async () => {
    expect((await night('2025-10-11')).rates.interception.value).toBe(54 / 120);
    expect((await night('2025-10-11', EVERYTHING)).rates.interception.value).toBe(71 / 137);
  });

  it('11: a bundle is one claim, its outcome is never split', async () => {
    const [claim, ...others] = await claims('2024-08-26');
    expect(others).toEqual([]);
    expect(claim).toMatchObject({
      munition: 'x-101-x-555-and-kalibr',
      launched_by_munition: { 'X-101/X-555': 20, Kalibr: 10 },
      intercepted: 24,
    });
    expect((await night('2024-08-26', '&munition=kalibr')).claims).toBe(0);
  });

  it('12: four launch places, none of them empty', async () => {
    const [claim] = await claims('2025-04-17');
    expect(claim.launch_places).toEqual([
      'Kursk oblast',
      'Oryol oblast',
      'Yeysk',
      'Chauda, Crimea',
    ]);
    expect((await night('2025-04-17', '&launch_place=Chauda%2C%20Crimea')).claims).toBe(1);
  });

  it('13: suppressed beside a count that contains it is kept and flagged', async () => {
    const data = await night('2025-12-21');
    expect(data).toMatchObject({ unaccounted: 30, flagged: { mixed_definition: 1 } });
    expect([data.rates.interception.value, data.rates.neutralisation.value]).toEqual([0.9, 0.93]);
  });

  it('14: an unknown model keeps its own script', async () => {
    const [claim] = await claims('2024-03-20');
    expect(claim).toMatchObject({ munition: 'вигаданий', flags: ['unknown_munition'] });
    const { data } = (await test.get('/munitions')).json();
    expect(data).toContainEqual(
      expect.objectContaining({ slug: 'вигаданий', name: 'Вигаданий', category: 'uncategorised' }),
    );
  });

  it('keeps the published row of every claim', async () => {
    const [{ id }] = await claims('2024-09-11');
    const { data } = (await test.get(`/claims/${id}`)).json();
    expect(data.provenance).toMatchObject({ line: 6, raw: { source: POST, launched: '40' } });
  });
});
