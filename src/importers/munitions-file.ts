import type { Category } from '../domain/munition.js';
import { slugOf, slugSchema } from '../domain/slug.js';
import { filledCells, readCsv } from './csv.js';
import { ImportRefused } from './import-refused.js';

/** A munition as the munitions file describes it. */
export interface ListedMunition {
  slug: string;
  name: string;
  category: Category;
}

/** The file's category names in the words of this service. */
const CATEGORY_NAMES: ReadonlyMap<string, Category> = new Map([
  ['UAV', 'uav'],
  ['cruise missile', 'cruise_missile'],
  ['ballistic missile', 'ballistic_missile'],
  ['surface-to-air missile', 'surface_to_air_missile'],
  ['surface-to-air and ballistic', 'mixed'],
  ['guided bomb', 'guided_bomb'],
]);

const REQUIRED = ['model', 'category'] as const;

/**
 * Reads `missiles_and_uavs.csv`: one munition or bundle per line, of which the model and its category are used.
 *
 * The file is small and authoritative for categories, so one bad line refuses it: a munition silently left out would
 * move its claims to another category.
 *
 * @throws ImportRefused with a reason per bad line
 * @example readMunitionsFile('model,category\nLancet,UAV\n') // => [{"slug":"lancet","name":"Lancet","category":"uav"}]
 */
export function readMunitionsFile(text: string): ListedMunition[] {
  const { header, records, rejects } = readCsv(text);
  const missing = REQUIRED.filter((name) => !header.includes(name));
  if (missing.length > 0) {
    throw new ImportRefused([
      `munitions file: required columns are missing: ${missing.join(', ')}`,
    ]);
  }
  const reasons = rejects.map(({ line, reason }) => `munitions file, line ${line}: ${reason}`);
  const listed = new Map<string, ListedMunition & { line: number }>();
  for (const record of records) {
    const { line } = record;
    const cells = filledCells(header, record);
    const cell = (column: (typeof REQUIRED)[number]): string =>
      (cells[column] ?? '').trim().normalize('NFC');
    const name = cell('model');
    const slug = slugOf(name);
    const category = CATEGORY_NAMES.get(cell('category'));
    const earlier = listed.get(slug);
    const refuse = (column: string, value: string, rule: string): void => {
      reasons.push(`munitions file, line ${line}, ${column} "${value}": ${rule}`);
    };
    if (!slugSchema.safeParse(slug).success) {
      refuse('model', name, 'must be a name with letters or digits');
    } else if (earlier !== undefined) {
      refuse('model', name, `must not repeat "${earlier.name}" of line ${earlier.line}`);
    } else if (category === undefined) {
      const known = [...CATEGORY_NAMES.keys()].join(', ');
      refuse('category', cell('category'), `must be one of: ${known}`);
    } else {
      listed.set(slug, { slug, name, category, line });
    }
  }
  if (reasons.length > 0) throw new ImportRefused(reasons);
  return [...listed.values()].map(({ line, ...munition }) => munition);
}
