import { createHash } from 'node:crypto';
import { versionFor } from './as-of.js';
import type { Dependencies } from './dependencies.js';
import { Problem } from './problem.js';

/** How long answers may be kept. A pinned one names its dataset version and never changes. */
export const CACHE_CONTROL = {
  live: 'public, max-age=60, stale-while-revalidate=300, stale-if-error=86400',
  pinned: 'public, max-age=31536000, immutable',
  never: 'no-store',
} as const;

/** The state of the dataset that a request is answered from, as far as its address tells. */
export interface Freshness {
  version: number;
  pinned: boolean;
}

// A version that began before an instant may be committed shortly after it: the past settles.
const SETTLED_MS = 60_000;

interface Dated {
  as_of?: string;
  cursor?: string;
}

/** The state that a checked query is answered from; null if it names none that exists, which its handler will say. */
export async function freshnessOf(deps: Dependencies, query: Dated): Promise<Freshness | null> {
  const { as_of = 'latest', cursor } = query;
  try {
    const asked = cursor === undefined ? as_of : String(deps.cursors.read(cursor).version);
    const current = (await versionFor(deps, 'latest')).version;
    if (asked === 'latest') return { version: current, pinned: false };
    if (/^\d+$/.test(asked)) {
      const version = Number(asked);
      return version <= current ? { version, pinned: true } : null;
    }
    const { version } = await versionFor(deps, asked);
    return { version, pinned: Date.parse(asked) < Date.now() - SETTLED_MS };
  } catch (error) {
    if (error instanceof Problem) return null;
    throw error;
  }
}

/**
 * The weak validator of what a question is answered at a dataset version: a correction of any night changes the version
 * and with it the validator of every list and statistic.
 *
 * @param path of the address, codes in it included
 * @param query the checked query, so that equal questions have one tag however they are written
 */
export function questionTag(
  version: number,
  path: string,
  query: Readonly<Record<string, unknown>>,
  mediaType: string,
): string {
  const entries = Object.entries(query)
    .filter(([name, value]) => name !== 'format' && value !== undefined)
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
  const question = JSON.stringify([path, entries, mediaType]);
  const digest = createHash('sha256').update(question).digest('base64url').slice(0, 16);
  return `W/"${version}.${digest}"`;
}
