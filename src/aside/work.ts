import { coverageOf } from '../analysis/coverage.js';
import { revisionsOf } from '../analysis/revisions.js';
import { trendOf } from '../analysis/trend.js';
import { partOf, type TablePart, type TableShape } from '../http/tabular.js';
import type { ClaimFilter } from '../storage/claim-filter.js';
import { claimsAsJson } from '../storage/claim-json.js';
import type { Database } from '../storage/database.js';
import { writeDatasetFile } from '../storage/dataset-file.js';
import { type DebrisSiteFilter, sitesAsJson } from '../storage/debris-site-store.js';
import type { PageRequest } from '../storage/page.js';

/** What a piece of work is given besides its question. */
interface Tools {
  db: Database;
  signal: AbortSignal;
}

/** A part of a table as text. */
export interface TableQuestion<F> extends TableShape {
  version: number;
  filter: F;
  page: PageRequest;
}

const questionOf = <A extends unknown[], R>(ask: (db: Database, ...args: A) => Promise<R>) => {
  return ({ db }: Tools, ...args: A): Promise<R> => ask(db, ...args);
};

/**
 * What takes longer than the event loop can be spared, by name: plain values in, plain values out, everything else from
 * the database. Each was measured before it came here; docs/adr/0020-aside.md has the figures.
 */
export const WORK = {
  trend: questionOf(trendOf),
  coverage: questionOf(coverageOf),
  revisions: questionOf(revisionsOf),
  claims: async ({ db }: Tools, asked: TableQuestion<ClaimFilter>): Promise<TablePart> => {
    const { version, filter, page, fields } = asked;
    return partOf(await claimsAsJson(db, version, filter, page, fields), asked);
  },
  sites: async ({ db }: Tools, asked: TableQuestion<DebrisSiteFilter>): Promise<TablePart> => {
    const { version, filter, page, fields } = asked;
    return partOf(await sitesAsJson(db, version, filter, page, fields), asked);
  },
  datasetFile: ({ db, signal }: Tools, version: number, path: string) =>
    writeDatasetFile(db, version, path, signal),
};

export type WorkName = keyof typeof WORK;
type Given<T> = T extends (tools: Tools, ...args: infer A) => unknown ? A : never;
export type WorkArguments<N extends WorkName> = Given<(typeof WORK)[N]>;
export type WorkResult<N extends WorkName> = Awaited<ReturnType<(typeof WORK)[N]>>;

/** Does a piece of work in this thread. */
export function doWork<N extends WorkName>(
  tools: Tools,
  name: N,
  args: WorkArguments<N>,
): Promise<WorkResult<N>> {
  const work = WORK[name] as (tools: Tools, ...args: unknown[]) => Promise<WorkResult<N>>;
  return work(tools, ...args);
}
