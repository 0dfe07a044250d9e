import { describe, expect, it } from 'vitest';
import { COLUMNS_2023, COLUMNS_2024, parse, parseRow, row, SOUTH_POST } from './fixtures.js';

// The fourteen awkward shapes of oracle/nasty-rows.md with invented numbers, as far as an importer decides them.
describe('awkward rows', () => {
  it('1: trims a trailing space and keeps the precision', () => {
    const { content, barrage, flags } = parseRow({
      time_start: '2025-02-05 21:00 ',
      time_end: '2025-02-06 08:00',
      launched: '90.0',
      destroyed: '50.0',
      not_reach_goal: '36.0',
    });
    expect(content).toMatchObject({
      window_start: '2025-02-05T21:00',
      launched: 90,
      intercepted: 50,
      suppressed: 36,
    });
    expect([barrage.night, flags]).toEqual(['2025-02-06', []]);
  });

  it('2: reads a one-digit hour, and takes reconnaissance UAVs of a national report for tallies', () => {
    const times = { time_start: '2023-04-16 3:30', time_end: '2023-04-16 6:00' };
    const models = ['Shahed-136/131', 'Supercam', 'Orlan-10'];
    const { rows } = parse(
      models.map((model) => row({ ...times, model })),
      COLUMNS_2023,
    );
    expect(rows.map(({ content }) => [content.window_start, content.scope, content.basis])).toEqual(
      [
        ['2023-04-16T03:30', 'national', 'barrage'],
        ['2023-04-16T03:30', 'national', 'tally'],
        ['2023-04-16T03:30', 'national', 'tally'],
      ],
    );
    expect(new Set(rows.map(({ barrage }) => barrage.night))).toEqual(new Set(['2023-04-16']));
  });

  it.each([
    [{ border_crossing: "{'belarus': 4.0}" }, undefined],
    [{ cross_border_belarus: '4.0' }, COLUMNS_2024],
  ])(
    '3: keeps a date-only start, those who left for Belarus, and what was not reported as null',
    (border, columns) => {
      const { content, barrage, flags } = parseRow(
        {
          time_start: '2024-09-11',
          time_end: '2024-09-11 08:00',
          launched: '40',
          destroyed: '34',
          not_reach_goal: '2.0',
          destroyed_details: "{'A oblast and B oblast': 9, 'C  oblast': NaN}",
          ...border,
        },
        columns,
      );
      expect(barrage.night).toBe('2024-09-11');
      expect(content).toMatchObject({
        window_start: '2024-09-11',
        window_end: '2024-09-11T08:00',
        left_airspace: 4,
        left_airspace_to: { BLR: 4 },
        hit_locations: null,
        debris_locations: null,
        intercepted_by_place: { 'A oblast and B oblast': 9, 'C oblast': null },
      });
      expect(flags).toEqual([]);
    },
  );

  it('4: gives a window that starts the day before to the night of its morning', () => {
    const times = { time_start: '2025-08-06 17:00', time_end: '2025-08-07 09:30' };
    expect(parseRow({ ...times, launched: '600', destroyed: '500' }).barrage.night).toBe(
      '2025-08-07',
    );
  });

  it('5: keeps an unknown outcome of an unknown bundle', () => {
    const { content, flags } = parseRow({ model: 'Kalibr and Feniks', destroyed: '' });
    expect(content).toMatchObject({
      munition: 'kalibr-and-feniks',
      launched: 10,
      intercepted: null,
    });
    expect(flags).toEqual(['unknown_munition', 'outcome_unknown']);
  });

  it('6: keeps an unknown number of launches beside a real 0', () => {
    const { content, flags } = parseRow({ launched: '', destroyed: '0.0' });
    expect(content).toMatchObject({ launched: null, intercepted: 0 });
    expect(flags).toEqual(['launched_unknown']);
  });

  it('7: keeps more outcomes than launches and flags them', () => {
    const { content, flags } = parseRow({ launched: '12', destroyed: '11', not_reach_goal: '9' });
    expect(content).toMatchObject({ launched: 12, intercepted: 11, suppressed: 9 });
    expect(flags).toEqual(['components_exceed_launched', 'neutralised_exceeds_launched']);
  });

  it('8: takes two launch places of one post for two reports', () => {
    const places = ['Voronezh oblast', 'Crimea'];
    const { rows, rejects } = parse(
      places.map((launch_place) =>
        row({ launch_place, model: 'Iskander-M', launched: '1', destroyed: '0' }),
      ),
    );
    expect(rows.map(({ content, flags }) => [content.launch_places, flags])).toEqual([
      [['Voronezh oblast'], []],
      [['Crimea'], []],
    ]);
    expect(rejects).toEqual([]);
  });

  it('9: takes a regional page on the whole of Ukraine for national, and 0 places for 0', () => {
    const { content } = parseRow({
      source: SOUTH_POST,
      num_hit_location: '5.0',
      num_fall_fragment_location: '0.0',
    });
    expect(content).toMatchObject({
      scope: 'national',
      basis: 'barrage',
      hit_locations: 5,
      debris_locations: 0,
    });
  });

  it('10: takes a regional Shahed report for a tally of its scope', () => {
    const day = { time_start: '2025-10-11', time_end: '2025-10-11' };
    const { content, barrage } = parseRow({ ...day, source: SOUTH_POST, target: 'south' });
    expect(content).toMatchObject({
      scope: 'regional',
      basis: 'tally',
      source: 'ua-air-command-south',
    });
    expect(barrage.night).toBe('2025-10-11');
  });

  it('11: keeps a bundle as one claim with what was launched and from where by munition', () => {
    const { munitions, rows } = parse(
      [
        row({
          model: 'X-101/X-555 and Kalibr',
          launched_details: "{'X-101/X-555': 7, 'Kalibr': 3.0}",
          launch_place_details:
            "{'X-101/X-555': 'Caspian Sea and A oblast', 'Kalibr': ['Black Sea'], 'X': NaN}",
        }),
      ],
      undefined,
      'model,category\nX-101/X-555 and Kalibr,cruise missile\n',
    );
    expect(rows[0]?.content).toMatchObject({
      munition: 'x-101-x-555-and-kalibr',
      basis: 'barrage',
      intercepted: 8,
      intercepted_by_place: null,
      launched_by_munition: { 'X-101/X-555': 7, Kalibr: 3 },
      launch_places_by_munition: {
        'X-101/X-555': ['Caspian Sea', 'A oblast'],
        Kalibr: ['Black Sea'],
        X: [],
      },
    });
    expect(munitions).toEqual([
      {
        slug: 'x-101-x-555-and-kalibr',
        name: 'X-101/X-555 and Kalibr',
        category: 'cruise_missile',
        aliases: [],
        components: ['x-101-x-555', 'kalibr'],
      },
    ]);
  });

  it('12: splits launch places on the word "and", however often it stands there', () => {
    const launch_place = 'A oblast and B oblast and and Cville and Dville, Crimea';
    expect(parseRow({ launch_place }).content.launch_places).toEqual([
      'A oblast',
      'B oblast',
      'Cville',
      'Dville, Crimea',
    ]);
  });

  it('13: keeps suppressed beside an intercepted count that contains it, and flags it', () => {
    const { content, flags, barrage } = parseRow({
      time_start: '2025-11-26 18:00',
      time_end: '2025-11-27 13:00',
      launched: '300',
      destroyed: '270',
      not_reach_goal: '12',
      still_attacking: '5',
    });
    expect(content).toMatchObject({ suppressed: 12, still_airborne: 5 });
    expect([barrage.night, flags]).toEqual(['2025-11-27', ['mixed_definition']]);
  });

  it('14: accepts an unknown model in its own script, in NFC', () => {
    const decomposed = 'Привіи\u0306-7';
    const { munitions, rows } = parse([row({ model: decomposed }), row({ model: 'Aerial Bomb' })]);
    expect(rows.map(({ content, flags }) => [content.munition, flags])).toEqual([
      ['привій-7', ['unknown_munition']],
      ['aerial-bomb', ['unknown_munition']],
    ]);
    expect(munitions.map(({ name, category }) => [name, category])).toEqual([
      ['Привій-7', 'uncategorised'],
      ['Aerial Bomb', 'uncategorised'],
    ]);
  });
});
