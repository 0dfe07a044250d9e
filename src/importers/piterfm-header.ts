/** Columns without which no row of this file can be read. */
export const REQUIRED_COLUMNS = [
  'time_start',
  'time_end',
  'model',
  'launched',
  'destroyed',
  'source',
] as const;

/** Two columns of 2024-25 that later became the dict `border_crossing`, and the country each stands for. */
export const BORDER_COLUMNS: ReadonlyMap<string, string> = new Map([
  ['cross_border_belarus', 'belarus'],
  ['back_russia', 'russia'],
]);

/** Columns whose cells are Python literals. */
export const LITERAL_COLUMNS: ReadonlySet<string> = new Set([
  'border_crossing',
  'affected region',
  'destroyed_details',
  'launched_details',
  'launch_place_details',
]);

/** Columns whose cells are counts. */
export const COUNT_COLUMNS: ReadonlySet<string> = new Set([
  'launched',
  'destroyed',
  'not_reach_goal',
  'still_attacking',
  'is_shahed',
  'num_hit_location',
  'num_fall_fragment_location',
  'turbojet',
  'turbojet_destroyed',
  ...BORDER_COLUMNS.keys(),
]);

const TEXT_COLUMNS = [
  'time_start',
  'time_end',
  'model',
  'launch_place',
  'target',
  'target_main',
  'carrier',
  'source',
];
const KNOWN: ReadonlySet<string> = new Set([...TEXT_COLUMNS, ...COUNT_COLUMNS, ...LITERAL_COLUMNS]);

// What each generation brought; the newest whose mark a header bears names the file.
const GENERATIONS: readonly (readonly [name: string, mark: string])[] = [
  ['2026', 'border_crossing'],
  ['2025', 'num_hit_location'],
  ['2024', 'not_reach_goal'],
];

/** Whether a header is one of this file, and what it then says. */
export type Recognition =
  | { recognised: true; generation: string; columns: string[] }
  | { recognised: false; reasons: string[] };

/** Column names in the spelling that all generations share: both border columns are `border_crossing`. */
export function normalisedColumns(header: Iterable<string>): string[] {
  const names = [...header].map((name) => (BORDER_COLUMNS.has(name) ? 'border_crossing' : name));
  return [...new Set(names)];
}

const quoted = (names: readonly string[]): string => names.map((name) => `"${name}"`).join(', ');

/**
 * Recognises a header of `missile_attacks_daily.csv`, of any generation and in any order of columns.
 *
 * An unknown column is refused rather than skipped: it may carry what a newer generation knows, and nothing of a
 * report should be lost without anybody saying so.
 *
 * @example recogniseHeader(['time_start', 'time_end']).recognised // => false
 */
export function recogniseHeader(header: readonly string[]): Recognition {
  const present = new Set(header);
  const missing = REQUIRED_COLUMNS.filter((name) => !present.has(name));
  const unknown = [...present].filter((name) => !KNOWN.has(name));
  const repeated = [...new Set(header.filter((name, index) => header.indexOf(name) !== index))];
  const reasons: string[] = [];
  if (missing.length > 0) reasons.push(`required columns are missing: ${quoted(missing)}`);
  if (unknown.length > 0) {
    reasons.push(`unknown columns: ${quoted(unknown)}; known are ${quoted([...KNOWN])}`);
  }
  if (repeated.length > 0) reasons.push(`columns stand twice: ${quoted(repeated)}`);
  if (
    present.has('border_crossing') &&
    [...BORDER_COLUMNS.keys()].some((name) => present.has(name))
  ) {
    reasons.push(
      `"border_crossing" stands beside the columns it replaced: ${quoted([...BORDER_COLUMNS.keys()])}`,
    );
  }
  if (reasons.length > 0) return { recognised: false, reasons };
  const generation = GENERATIONS.find(([, mark]) => present.has(mark))?.[0] ?? '2023';
  return { recognised: true, generation, columns: normalisedColumns(header) };
}
