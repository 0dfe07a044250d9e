import { describe, expect, it } from 'vitest';
import { recogniseHeader } from '../../src/importers/piterfm-header.js';
import { COLUMNS_2023, COLUMNS_2024, COLUMNS_2025, COLUMNS_2026 } from './fixtures.js';

const REQUIRED = ['time_start', 'time_end', 'model', 'launched', 'destroyed', 'source'];

describe('recogniseHeader', () => {
  it.each([
    ['2023', COLUMNS_2023],
    ['2024', COLUMNS_2024],
    ['2024', [...COLUMNS_2024, 'affected region']],
    ['2025', COLUMNS_2025],
    ['2026', COLUMNS_2026],
    ['2026', COLUMNS_2026.toReversed()],
    ['2023', REQUIRED],
  ])('names a header of generation %s', (generation, header) => {
    expect(recogniseHeader(header)).toMatchObject({ recognised: true, generation });
  });

  it('gives the two border columns the name of the dict that replaced them, once', () => {
    expect(recogniseHeader([...REQUIRED, 'back_russia', 'cross_border_belarus'])).toEqual({
      recognised: true,
      generation: '2023',
      columns: [...REQUIRED, 'border_crossing'],
    });
  });

  it('refuses a header without required columns and names them', () => {
    expect(recogniseHeader(['time_start', 'time_end', 'launched', 'source'])).toEqual({
      recognised: false,
      reasons: ['required columns are missing: "model", "destroyed"'],
    });
  });

  it('refuses an unknown column, naming it and the known ones', () => {
    const recognition = recogniseHeader([...REQUIRED, 'altitude']);
    expect(recognition).toMatchObject({ recognised: false });
    expect(JSON.stringify(recognition)).toMatch(
      /unknown columns: .*altitude.*known are .*launch_place/,
    );
  });

  it('refuses a column that stands twice', () => {
    expect(recogniseHeader([...REQUIRED, 'model'])).toEqual({
      recognised: false,
      reasons: ['columns stand twice: "model"'],
    });
  });

  it('refuses border crossings told in both ways', () => {
    expect(recogniseHeader([...REQUIRED, 'border_crossing', 'back_russia'])).toMatchObject({
      recognised: false,
      reasons: [expect.stringContaining('"border_crossing" stands beside')],
    });
  });
});
