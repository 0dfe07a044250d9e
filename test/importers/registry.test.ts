import { describe, expect, it } from 'vitest';
import { ImportRefused } from '../../src/importers/import-refused.js';
import { IMPORTERS, importerFor } from '../../src/importers/registry.js';
import { COLUMNS_2023, file, row } from './fixtures.js';

describe('importerFor', () => {
  it('picks the importer that recognises the header', () => {
    expect(importerFor(file([row()], COLUMNS_2023)).name).toBe('piterfm');
  });

  it('refuses a text that no importer recognises, with the reasons of each', () => {
    expect(() => importerFor('a,b\n1,2\n')).toThrow(ImportRefused);
    for (const { name } of IMPORTERS) expect(() => importerFor('a,b\n')).toThrow(`${name}: `);
  });
});
