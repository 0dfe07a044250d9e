import { getTableColumns } from 'drizzle-orm';
import { type ClaimContent, claimContentSchema } from '../domain/claim.js';
import { claims } from './tables.js';

/** A claim as it is stored, without what belongs to the version that writes it. */
export type ClaimRow = Omit<
  typeof claims.$inferSelect,
  'from_version' | 'to_version' | 'recorded_at' | 'attacker' | 'defender' | 'night'
>;

const OF_THE_VERSION = new Set(['from_version', 'to_version', 'recorded_at']);
const columns = Object.entries(getTableColumns(claims)).filter(
  ([key, column]) => column.generated === undefined && !OF_THE_VERSION.has(key),
);

/** The columns of a {@link ClaimRow}, in order. */
export const CLAIM_COLUMNS: readonly string[] = columns.map(([key]) => key);

/** What of a claim is not its content. */
export type ClaimRecord = Omit<ClaimRow, keyof ClaimContent>;

/** The natural key of a claim that a row makes. */
export const NATURAL_KEY_COLUMNS = [
  'barrage_id',
  'source',
  'url',
  'munition',
  'window_start',
  'window_end',
  'launch_places',
  'target',
] as const;

const bindings = CLAIM_COLUMNS.map((key) => ({
  key: key as keyof ClaimRow,
  isContent: key in claimContentSchema.shape,
}));

/** The values of a claim as the database holds them, in the order of the columns. */
export function claimParams(own: ClaimRecord, content: ClaimContent): unknown[] {
  return bindings.map(({ key, isContent }) => {
    const value = isContent ? content[key as keyof ClaimContent] : own[key as keyof ClaimRecord];
    return typeof value === 'object' && value !== null ? jsonOf(value) : value;
  });
}

/** What is no number and no text is kept as JSON. Most lists of most claims are empty. */
const jsonOf = (value: object): string =>
  Array.isArray(value) && value.length === 0 ? '[]' : JSON.stringify(value);

/** The claim that some values make. */
export function claimRow(values: readonly unknown[]): ClaimRow {
  const entries = columns.map(([key, column], index) => {
    const value = values[index] ?? null;
    return [key, value === null ? null : column.mapFromDriverValue(value)] as const;
  });
  return Object.fromEntries(entries) as unknown as ClaimRow;
}
