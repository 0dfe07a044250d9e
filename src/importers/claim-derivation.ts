import type { Barrage } from '../domain/barrage.js';
import type { ClaimContent } from '../domain/claim.js';
import { type Flag, raisedFlags } from '../domain/claim-flags.js';
import { eraAt, erasOf } from '../domain/era.js';
import { regionIndex, resolvePlaces } from '../domain/region.js';
import { remembered } from '../domain/remembered.js';
import type { CodeLists } from './import-types.js';

/** What follows from a claim's content, its night and the code lists alone. */
export interface Derived {
  regions: string[];
  flags: Flag[];
}

// No text that was checked holds it.
const BETWEEN = '\0';

export type Derive = (
  content: ClaimContent,
  barrage: Pick<Barrage, 'defender' | 'night'>,
) => Derived;

/**
 * A function that derives the regions a claim names and the flags it raises by itself; one per import, so that the
 * code lists are indexed once. A source that the lists lack speaks for the defender, as importers create it.
 */
export function derivation(lists: Pick<CodeLists, 'regions' | 'eras' | 'sources'>): Derive {
  const index = regionIndex(lists.regions);
  const parties = new Map(lists.sources.map(({ slug, party }) => [slug, party]));
  const placesIn = remembered((texts) => resolvePlaces(texts.split(BETWEEN), index));
  const erasAgainst = remembered((defender) =>
    remembered((source) => {
      const party = parties.get(source);
      return erasOf({ source, party: party === undefined ? defender : party }, lists.eras);
    }),
  );
  return (content, { defender, night }) => {
    const { source, target, affected_regions } = content;
    const { regions, unknown } = placesIn([target ?? '', ...affected_regions].join(BETWEEN));
    const eras = erasAgainst(defender)(source);
    const flags = raisedFlags(content, eraAt(eras, night)).map(({ flag }) => flag);
    if (unknown.length > 0) flags.push('unknown_place');
    return { regions, flags };
  };
}
