import { rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { readFile } from '../../src/cli/read-file.js';
import { barrageId } from '../../src/domain/barrage.js';
import type { Munition } from '../../src/domain/munition.js';
import type { Source } from '../../src/domain/source.js';
import type {
  CodeLists,
  ExistingClaim,
  ParsedFile,
  ParsedRow,
  Reject,
} from '../../src/importers/import-types.js';
import { importerFor } from '../../src/importers/registry.js';
import { ImportStage } from '../../src/storage/import-stage.js';

// Invented posts: no row of any real file. Pages and model names are public words that the rules know by name.
export const POST = 'kpszsu/posts/invented0001';
export const SOUTH_POST = 'PvKPivden/posts/invented0002';

const era = (code: string, from: string | null, to: string | null, mixed: string[]) => ({
  id: `ukr-${code.toLowerCase()}`,
  party: 'UKR',
  source: null,
  code,
  from_night: from,
  to_night: to,
  meaning: `Era ${code}.`,
  breaks: [],
  intercepted_includes_suppressed_for: mixed,
});

const munition = (
  slug: string,
  name: string,
  category: CodeLists['munitions'][number]['category'],
  aliases: string[] = [],
) => ({ slug, name, category, aliases, components: [] });

export const CODE_LISTS: CodeLists = {
  munitions: [
    munition('shahed-136-131', 'Shahed-136/131', 'uav', ['shahed']),
    munition('supercam', 'Supercam', 'uav'),
    munition('orlan-10', 'Orlan-10', 'uav'),
    munition('x-101-x-555', 'X-101/X-555', 'cruise_missile', ['kh-101']),
    munition('kalibr', 'Kalibr', 'cruise_missile'),
    munition('iskander-m', 'Iskander-M', 'ballistic_missile'),
  ],
  regions: [
    { code: 'UA-30', name: 'Kyiv (city)', country: 'UKR', aliases: ['Kyiv'] },
    { code: 'UA-32', name: 'Kyiv oblast', country: 'UKR', aliases: [] },
    { code: 'UA-59', name: 'Sumy oblast', country: 'UKR', aliases: ['Sumy'] },
  ],
  sources: [
    {
      slug: 'ua-air-force',
      name: 'Air Force',
      party: 'UKR',
      kind: 'official',
      url: null,
      note: null,
    },
    {
      slug: 'ua-air-command-south',
      name: 'South',
      party: 'UKR',
      kind: 'official',
      url: null,
      note: null,
    },
    { slug: 'wire', name: 'Wire', party: null, kind: 'media', url: null, note: null },
  ],
  eras: [
    era('A', null, '2024-07-09', []),
    era('B', '2024-07-10', '2025-07-23', []),
    era('C', '2025-07-24', null, ['shahed-136-131']),
  ],
};

export const COLUMNS_2023 =
  'time_start,time_end,model,launch_place,target,carrier,launched,destroyed,source'.split(',');
export const COLUMNS_2024 =
  'time_start,time_end,model,launch_place,target,carrier,launched,destroyed,not_reach_goal,cross_border_belarus,back_russia,still_attacking,destroyed_details,launched_details,launch_place_details,source'.split(
    ',',
  );
export const COLUMNS_2025 =
  'time_start,time_end,model,launch_place,target,carrier,launched,destroyed,not_reach_goal,cross_border_belarus,back_russia,still_attacking,num_hit_location,num_fall_fragment_location,affected region,destroyed_details,launched_details,launch_place_details,source'.split(
    ',',
  );
export const COLUMNS_2026 =
  'time_start,time_end,model,launch_place,target,target_main,launched,destroyed,not_reach_goal,still_attacking,border_crossing,is_shahed,num_hit_location,num_fall_fragment_location,carrier,turbojet,turbojet_destroyed,affected region,destroyed_details,launched_details,launch_place_details,source'.split(
    ',',
  );

export type Row = Record<string, string>;

/** A row of an ordinary night, changed as given. */
export const row = (changes: Row = {}): Row => ({
  time_start: '2024-03-04 20:00',
  time_end: '2024-03-05 06:00',
  model: 'Shahed-136/131',
  target: 'Ukraine',
  launched: '10.0',
  destroyed: '8.0',
  source: POST,
  ...changes,
});

const quote = (cell: string): string =>
  /[",;\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;

/** A file of the given rows; `end` and `delimiter` as an export may have them. */
export function file(
  rows: readonly Row[],
  columns: readonly string[] = COLUMNS_2026,
  { delimiter = ',', end = '\n' } = {},
): string {
  const lines = rows.map((cells) => columns.map((column) => quote(cells[column] ?? '')));
  return [columns, ...lines].map((cells) => cells.join(delimiter) + end).join('');
}

/** A whole file, read. */
export interface WholeFile extends ParsedFile {
  generation: string;
  published: string;
  rejects: Reject[];
  munitions: Munition[];
  sources: Source[];
}

// One for all texts: reading the next forgets the one before.
const stage = await ImportStage.open();
process.once('exit', () => rmSync(dirname(stage.path), { recursive: true, force: true }));

/** Reads a text as an import does, row by row, and gives back all that was laid out. */
export function parseText(text: string, lists: CodeLists, munitions?: string): WholeFile {
  const { columns, generation, published, rejects, named } = readFile(stage, () => [text], {
    importer: importerFor(text),
    lists,
    munitions,
  });
  const rows = stage.rowsOf([...stage.barrages('').keys()]);
  const unread = stage.unread().map(({ line, raw }) => ({ line, raw }));
  return { columns, generation, published, rows, unread, rejects, ...named };
}

export const parse = (
  rows: readonly Row[],
  columns?: readonly string[],
  munitions?: string,
): WholeFile => parseText(file(rows, columns), CODE_LISTS, munitions);

/** The first row of a file of one. */
export function parseRow(changes: Row, columns?: readonly string[], munitions?: string): ParsedRow {
  const [first] = parse([row(changes)], columns, munitions).rows;
  if (first === undefined) throw new Error('the row was rejected');
  return first;
}

/** A claim as storage would give it back after a row was written. */
export const stored = (
  parsed: ParsedRow,
  id: string,
  changes: Partial<ExistingClaim> = {},
): ExistingClaim => ({
  id,
  revision: 1,
  barrage_id: barrageId(parsed.barrage),
  content: parsed.content,
  regions: parsed.regions,
  flags: parsed.flags,
  origin: 'import',
  raw: parsed.raw,
  import_id: changes.raw === null ? null : 'imp_1',
  import_line: changes.raw === null ? null : parsed.line,
  set_by_hand: [],
  retracted_by_hand: false,
  ...changes,
});
