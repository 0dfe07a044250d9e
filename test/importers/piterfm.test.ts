import { describe, expect, it } from 'vitest';
import { ImportRefused } from '../../src/importers/import-refused.js';
import { readPiterfm } from '../../src/importers/piterfm.js';
import {
  CODE_LISTS,
  COLUMNS_2023,
  file,
  POST,
  parse,
  parseText,
  row,
  SOUTH_POST,
} from './fixtures.js';

describe('readPiterfm', () => {
  it('dates a snapshot by its newest report, in whatever order its rows stand', () => {
    const days = ['2024-03-05', '2024-04-01', '2024-03-20'];
    const { published, columns, generation } = parse(
      days.map((day) => row({ time_start: day, time_end: day })),
      COLUMNS_2023,
    );
    expect([published, columns, generation]).toEqual(['2024-04-01', COLUMNS_2023, '2023']);
  });

  it('reads the same from a semicolon file with CRLF', () => {
    const text = file([row()], COLUMNS_2023, { delimiter: ';', end: '\r\n' });
    expect(parseText(text, CODE_LISTS)).toEqual(parse([row()], COLUMNS_2023));
  });

  it('refuses a file with another header before it reads a row', () => {
    expect(() => readPiterfm(() => ['a,b\n1,2\n'], CODE_LISTS)).toThrow(ImportRefused);
  });

  it('names the munitions of a file with a broken quote once, as it is read line by line', () => {
    const text = file([row({ model: 'Invented A' }), row({ model: 'Invented B', target: 'x' })]);
    const { rows, rejects, munitions } = parseText(`${text}\n"broken`, CODE_LISTS);
    expect(rows).toHaveLength(2);
    expect(rejects).toHaveLength(1);
    expect(munitions.map(({ slug }) => slug)).toEqual(['invented-a', 'invented-b']);
  });

  it('rejects a row whose claim an earlier line already made', () => {
    const { rows, rejects, unread } = parse([row(), row({ launched: '11' })]);
    expect(rows).toHaveLength(1);
    expect(unread).toEqual([]);
    expect(rejects).toEqual([
      {
        line: 3,
        column: 'source',
        value: POST,
        reason: 'must not repeat the source, model, times, launch place and target of line 2',
      },
    ]);
  });

  it('flags rows that tell the same numbers of the same attack from different posts', () => {
    const { rows } = parse([
      row({ target: 'south' }),
      row({ target: 'south', source: SOUTH_POST }),
      row({ target: 'south', launched: '11', launch_place: 'A oblast' }),
      row({ target: 'south', launched: '11', launch_place: 'B oblast' }),
    ]);
    expect(rows.map(({ flags }) => flags)).toEqual([
      ['possible_duplicate'],
      ['possible_duplicate'],
      [],
      [],
    ]);
  });

  it('gives the sources that the database lacks, each once, and the rejected rows with their cells', () => {
    const { sources, unread, rejects } = parse([
      row(),
      row({ source: 'some_channel/posts/1' }),
      row({ source: 'some_channel/posts/2' }),
      row({ source: 'CinCAFU/posts/1' }),
      row({ model: '' }),
    ]);
    expect(sources.map(({ slug, kind }) => [slug, kind])).toEqual([
      ['some-channel', 'compilation'],
      ['ua-commander-in-chief', 'official'],
    ]);
    expect(rejects.map(({ line }) => line)).toEqual([6]);
    expect(unread.map(({ line, raw }) => [line, raw.source])).toEqual([[6, POST]]);
  });

  it('reads the eras of a new source as those of the defender, and of a stored one as those of its party', () => {
    const late = {
      time_start: '2025-08-01',
      time_end: '2025-08-01',
      destroyed: '5',
      not_reach_goal: '1',
    };
    const lists = {
      ...CODE_LISTS,
      sources: [
        {
          slug: 'some-page',
          name: 'x',
          party: null,
          kind: 'media' as const,
          url: null,
          note: null,
        },
      ],
    };
    const text = file([
      row({ ...late, source: 'other/posts/1' }),
      row({ ...late, launched: '11', source: 'some_page/posts/1' }),
    ]);
    expect(parseText(text, lists).rows.map(({ flags }) => flags)).toEqual([
      ['mixed_definition'],
      [],
    ]);
  });

  it('refuses an unknown header', () => {
    expect(() => parseText('a,b\n1,2\n', CODE_LISTS)).toThrow(ImportRefused);
  });

  it('refuses a file without a row that can be read: it would retract everything', () => {
    expect(() => parse([])).toThrow('at least one row that can be read');
    const text = `${file([row({ launched: 'x' })], COLUMNS_2023)}1,2\n`;
    expect(() => parseText(text, CODE_LISTS)).toThrow(
      'the file must hold at least one row that can be read; line 2, launched "x": must be a whole number from 0 to 1000000, such as 93 or 93.0; line 3 "2 cells": must have 9 cells',
    );
  });
});
