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

/** What a checked query names its state by: `latest`, a number or an instant; null if its cursor cannot be followed. */
function namedBy({ cursors }: Dependencies, { as_of = 'latest', cursor }: Dated): string | null {
  if (cursor === undefined) return as_of;
  try {
    return String(cursors.read(cursor).version);
  } catch (error) {
    if (error instanceof Problem) return null;
    throw error;
  }
}

const NUMBER = /^\d+$/;

/** The state that is named by anything but an instant. */
function stateAt(asked: string, newest: number): Freshness | null {
  if (asked === 'latest') return { version: newest, pinned: false };
  const version = Number(asked);
  return version <= newest ? { version, pinned: true } : null;
}

async function lookedUp(deps: Dependencies, asked: string): Promise<Freshness | null> {
  const isInstant = asked !== 'latest' && !NUMBER.test(asked);
  try {
    const { version } = await versionFor(deps, isInstant ? asked : 'latest');
    if (!isInstant) return stateAt(asked, version);
    return { version, pinned: Date.parse(asked) < Date.now() - SETTLED_MS };
  } catch (error) {
    if (error instanceof Problem) return null;
    throw error;
  }
}

/**
 * The state that a checked query is answered from; null if it names none that exists, which its handler will say. A
 * promise only where the database has to be asked.
 */
export function freshnessOf(
  deps: Dependencies,
  query: Dated,
): Freshness | null | Promise<Freshness | null> {
  const asked = namedBy(deps, query);
  if (asked === null) return null;
  const newest = knownVersion(deps);
  const isKnown = newest !== null && (asked === 'latest' || NUMBER.test(asked));
  return isKnown ? stateAt(asked, newest) : lookedUp(deps, asked);
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
  const entries: [name: string, value: unknown][] = [];
  for (const name of Object.keys(query).sort()) {
    const value = query[name];
    if (name !== 'format' && value !== undefined) entries.push([name, value]);
  }
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
