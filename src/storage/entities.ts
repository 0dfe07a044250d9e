import { barrages, claims, debrisSites, munitions, reportingEras, sources } from './tables.js';

/**
 * The versioned tables, each with the column that says which record a row is a revision of. Drafts insert in this order,
 * whatever was drafted first: what others name has to be there before them.
 */
export const ENTITY_TABLES = {
  source: { table: sources, key: 'slug' },
  munition: { table: munitions, key: 'slug' },
  reporting_era: { table: reportingEras, key: 'id' },
  barrage: { table: barrages, key: 'id' },
  claim: { table: claims, key: 'id' },
  debris_site: { table: debrisSites, key: 'id' },
} as const;
export type Entity = keyof typeof ENTITY_TABLES;

type VersionColumns = 'revision' | 'from_version' | 'to_version' | 'recorded_at';
/** A row of a versioned table without the columns that the draft fills in. */
export type Content<E extends Entity> = Omit<
  (typeof ENTITY_TABLES)[E]['table']['$inferInsert'],
  VersionColumns
>;
