import { hash } from 'node:crypto';
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
 * A question in one spelling, however it was written.
 *
 * @param path of the address, codes in it included
 * @param query the checked query
 */
export function canonicalQuestion(
  path: string,
  query: Readonly<Record<string, unknown>>,
  mediaType: string,
): string {
  const names = Object.keys(query).filter((name) => name !== 'format' && query[name] !== undefined);
  const entries = names.sort().map((name) => [name, query[name]]);
  return JSON.stringify([path, entries, mediaType]);
}

/**
 * The weak validator of what a question is answered at a dataset version: a correction of any night changes the version
 * and with it the validator of every list and statistic.
 *
 * @param question in its one spelling
 */
export function questionTag(version: number, question: string): string {
  const digest = hash('sha256', question, 'base64url').slice(0, 16);
  return `W/"${version}.${digest}"`;
}

/** The newest dataset version as it is known without asking the database; null if it has to be asked. */
export const knownVersion = ({ db, stores }: Dependencies): number | null =>
  stores.versions.knownVersion(db)?.version ?? null;
