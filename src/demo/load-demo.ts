import { barrageId } from '../domain/barrage.js';
import { barrageInputSchema } from '../domain/barrage-input.js';
import { addDays } from '../domain/calendar.js';
import { claimInputSchema } from '../domain/claim.js';
import { debrisSiteContentSchema } from '../domain/debris-site.js';
import { codeListsAt } from '../storage/code-list-store.js';
import { commit } from '../storage/commit.js';
import type { Database } from '../storage/database.js';
import type { Draft } from '../storage/draft.js';
import { prepareClaim } from '../storage/prepare-claim.js';
import { recordBarrage } from '../storage/record-barrage.js';
import { draftClaim } from '../storage/record-claim.js';
import { draftDebrisSite } from '../storage/record-debris-site.js';
import { currentVersion } from '../storage/versions.js';
import { CARD_NIGHT } from './card-night.js';
import {
  SYNTHETIC_ERAS,
  SYNTHETIC_MUNITIONS,
  SYNTHETIC_NOTE,
  SYNTHETIC_SOURCES,
  type SyntheticClaim,
  type SyntheticNight,
  syntheticNights,
} from './synthetic-nights.js';

const CAUSE = { actor: 'demonstration data', reason: 'Loaded into a new database.' };
const FRESH_VERSION = 1;

function claimInput(night: string, { rival_intercepted: _, ...claim }: SyntheticClaim) {
  const window = { window_start: `${addDays(night, -1)}T20:00`, window_end: `${night}T07:00` };
  const launch_places = ['Synthetic range'];
  const more = { timezone: 'Etc/UTC', launch_places, note: SYNTHETIC_NOTE };
  return claimInputSchema.parse({ ...claim, ...window, ...more });
}

type Lists = Parameters<typeof prepareClaim>[3];

function draftNight(draft: Draft, { night, claims, debris }: SyntheticNight, lists: Lists): void {
  const key = { attacker: 'XXA', defender: 'XXB', night };
  const id = barrageId(key);
  draft.create('barrage', { id, ...key, note: SYNTHETIC_NOTE });
  const add = (input: ReturnType<typeof claimInput>): string =>
    draftClaim(draft, id, prepareClaim(input, id, '', lists, []));
  for (const claim of claims) {
    const input = claimInput(night, claim);
    const headline = add(input);
    if (claim.rival_intercepted === null) continue;
    const rival = {
      source: 'xxa-ministry',
      intercepted: claim.rival_intercepted,
      suppressed: null,
    };
    add({ ...input, ...rival, alternative_to: headline });
  }
  if (!debris) return;
  const site = { source: 'xxb-air-defence', place: 'Synthetic town', note: SYNTHETIC_NOTE };
  draftDebrisSite(draft, id, debrisSiteContentSchema.parse(site));
}

async function loadSynthetic(db: Database): Promise<void> {
  await commit(db, CAUSE, async (draft) => {
    for (const source of SYNTHETIC_SOURCES) draft.create('source', source);
    for (const munition of SYNTHETIC_MUNITIONS) draft.create('munition', munition);
    for (const era of SYNTHETIC_ERAS) draft.create('reporting_era', era);
    const lists = await codeListsAt(db, draft.version - 1);
    const known = {
      ...lists,
      sources: [...lists.sources, ...SYNTHETIC_SOURCES],
      munitions: [...lists.munitions, ...SYNTHETIC_MUNITIONS],
      eras: [...lists.eras, ...SYNTHETIC_ERAS],
    };
    for (const night of syntheticNights()) draftNight(draft, night, known);
  });
}

/**
 * Loads the card's real night and two years of synthetic nights into a database that nothing was ever written to.
 *
 * @returns whether it loaded anything
 */
export async function loadDemo(db: Database): Promise<boolean> {
  if ((await currentVersion(db)).version !== FRESH_VERSION) return false;
  await recordBarrage(db, CAUSE, barrageInputSchema.parse(CARD_NIGHT));
  await loadSynthetic(db);
  return true;
}
