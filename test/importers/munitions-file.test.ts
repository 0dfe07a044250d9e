import { describe, expect, it } from 'vitest';
import { ImportRefused } from '../../src/importers/import-refused.js';
import { MunitionCatalogue } from '../../src/importers/munition-catalogue.js';
import { readMunitionsFile } from '../../src/importers/munitions-file.js';
import { CODE_LISTS, parse, row } from './fixtures.js';

describe('readMunitionsFile', () => {
  it('gives each munition its category in the words of the service', () => {
    const text = [
      'category,model,other',
      'UAV,A,x',
      'cruise missile, B ,',
      'ballistic missile,C,',
      'surface-to-air missile,D,',
      'surface-to-air and ballistic,D and C,',
      'guided bomb,E/F,',
    ].join('\r\n');
    expect(readMunitionsFile(text)).toEqual([
      { slug: 'a', name: 'A', category: 'uav' },
      { slug: 'b', name: 'B', category: 'cruise_missile' },
      { slug: 'c', name: 'C', category: 'ballistic_missile' },
      { slug: 'd', name: 'D', category: 'surface_to_air_missile' },
      { slug: 'd-and-c', name: 'D and C', category: 'mixed' },
      { slug: 'e-f', name: 'E/F', category: 'guided_bomb' },
    ]);
  });

  it('names every bad line with column, value and rule', () => {
    const text = 'model,category\nA,UAV\nB,balloon\na,UAV\n,UAV\nC\n';
    let refusal: unknown;
    try {
      readMunitionsFile(text);
    } catch (error) {
      refusal = error;
    }
    expect(refusal).toBeInstanceOf(ImportRefused);
    expect(refusal instanceof ImportRefused && refusal.reasons).toEqual([
      'munitions file, line 6: must have 2 cells, as the header has',
      expect.stringMatching(
        /^munitions file, line 3, category "balloon": must be one of: UAV, cruise missile/,
      ),
      'munitions file, line 4, model "a": must not repeat "A" of line 2',
      'munitions file, line 5, model "": must be a name with letters or digits',
    ]);
  });

  it('refuses a file without its columns', () => {
    expect(() => readMunitionsFile('model,kind\nA,UAV\n')).toThrow(
      'required columns are missing: category',
    );
  });
});

describe('munitions of an import', () => {
  it('are those of the file where it differs from the database; aliases stay', () => {
    const text =
      'model,category\nShahed-136/131,cruise missile\nKalibr,cruise missile\nX and Y,UAV\n';
    expect(parse([row()], undefined, text).munitions).toEqual([
      {
        slug: 'shahed-136-131',
        name: 'Shahed-136/131',
        category: 'cruise_missile',
        aliases: ['shahed'],
        components: [],
      },
      { slug: 'x', name: 'X', category: 'uncategorised', aliases: [], components: [] },
      { slug: 'y', name: 'Y', category: 'uncategorised', aliases: [], components: [] },
      { slug: 'x-and-y', name: 'X and Y', category: 'uav', aliases: [], components: ['x', 'y'] },
    ]);
  });

  it('keep a category of the database that the file does not list', () => {
    const { rows, munitions } = parse(
      [row({ model: 'Kalibr' })],
      undefined,
      'model,category\nA,UAV\n',
    );
    expect(rows[0]?.flags).toEqual([]);
    expect(munitions.map(({ slug }) => slug)).toEqual(['a']);
  });

  it('are created once from rows, with the parts of a bundle under the names they are known by', () => {
    const { munitions } = parse([
      row({ model: 'Shahed and New and ???' }),
      row({ model: 'Shahed and New and ???', target: 'south' }),
      row({ model: 'New' }),
    ]);
    expect(munitions).toEqual([
      { slug: 'new', name: 'New', category: 'uncategorised', aliases: [], components: [] },
      {
        slug: 'shahed-and-new-and',
        name: 'Shahed and New and ???',
        category: 'uncategorised',
        aliases: [],
        components: ['shahed-136-131', 'new'],
      },
    ]);
  });

  it('are not created from a row that is rejected', () => {
    const { munitions } = parse([row(), row({ model: 'New', target: 'x'.repeat(201) })]);
    expect(munitions).toEqual([]);
  });

  it('that the database has without a category stay unknown and are not created again', () => {
    const [munition] = parse([row({ model: 'New' })]).munitions;
    const known = munition === undefined ? [] : [munition];
    const catalogue = new MunitionCatalogue([...CODE_LISTS.munitions, ...known], []);
    const found = catalogue.find('New');
    catalogue.add(found.munition);
    expect([found.known, catalogue.changed]).toEqual([false, []]);
  });
});
