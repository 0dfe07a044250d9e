import { readHeader } from './csv.js';
import type { OpenText } from './csv-records.js';
import { ImportRefused } from './import-refused.js';
import type { CodeLists, ReadFile } from './import-types.js';
import { readPiterfm } from './piterfm.js';
import { type Recognition, recogniseHeader } from './piterfm-header.js';

/** A kind of file that can be imported. */
export interface Importer {
  name: string;
  title: string;
  recognise: (header: readonly string[]) => Recognition;
  read: (open: OpenText, codeLists: CodeLists, munitionsText?: string) => ReadFile;
}

/** All importers; a new one is a line here. */
export const IMPORTERS: readonly Importer[] = [
  {
    name: 'piterfm',
    title: 'Massive Missile Attacks on Ukraine (P. Ivaniuk), missile_attacks_daily.csv',
    recognise: recogniseHeader,
    read: readPiterfm,
  },
];

/**
 * The importer that recognises the header of a text, of which its first line is enough.
 *
 * @throws ImportRefused with the reasons of every importer if none does
 */
export function importerFor(text: string): Importer {
  const header = readHeader(text);
  const reasons: string[] = [];
  for (const importer of IMPORTERS) {
    const recognition = importer.recognise(header);
    if (recognition.recognised) return importer;
    reasons.push(...recognition.reasons.map((reason) => `${importer.name}: ${reason}`));
  }
  throw new ImportRefused(reasons);
}
