import { addDays } from '../domain/calendar.js';
import type { ReportingEra } from '../domain/era.js';
import type { Munition } from '../domain/munition.js';
import type { Source } from '../domain/source.js';

/** What every synthetic night says of itself. */
export const SYNTHETIC_NOTE =
  'Synthetic demonstration data of the invented parties XXA and XXB. Nothing here happened.';

const FIRST_NIGHT = '2023-01-01';
const NIGHTS = 731;
const SEED = 20_240_907;

export const SYNTHETIC_SOURCES: Source[] = [
  {
    slug: 'xxb-air-defence',
    name: 'Synthetic: air defence of XXB',
    party: 'XXB',
    kind: 'official',
  },
  {
    slug: 'xxb-coast-command',
    name: 'Synthetic: coast command of XXB',
    party: 'XXB',
    kind: 'official',
  },
  { slug: 'xxa-ministry', name: 'Synthetic: ministry of XXA', party: 'XXA', kind: 'official' },
].map((source) => ({ ...source, url: null, note: SYNTHETIC_NOTE })) as Source[];

export const SYNTHETIC_MUNITIONS: Munition[] = [
  { slug: 'synthetic-uav', name: 'Synthetic UAV', category: 'uav', aliases: [], components: [] },
  {
    slug: 'synthetic-cruise-missile',
    name: 'Synthetic cruise missile',
    category: 'cruise_missile',
    aliases: [],
    components: [],
  },
];

const era = (
  code: string,
  from_night: string | null,
  to_night: string | null,
  more: Partial<ReportingEra>,
): ReportingEra => ({
  id: `xxb-${code.toLowerCase()}`,
  party: 'XXB',
  source: null,
  code,
  from_night,
  to_night,
  meaning: SYNTHETIC_NOTE,
  breaks: [],
  intercepted_includes_suppressed_for: [],
  ...more,
});

export const SYNTHETIC_ERAS: ReportingEra[] = [
  era('A', null, '2023-08-31', {}),
  era('B', '2023-09-01', '2024-04-30', {
    breaks: ['interception', 'neutralisation', 'non_penetration'],
  }),
  era('C', '2024-05-01', null, {
    breaks: ['interception'],
    intercepted_includes_suppressed_for: ['synthetic-uav'],
  }),
];

/** mulberry32: a small seeded generator, so that every installation shows the same nights. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The counts of one synthetic claim. */
export interface SyntheticClaim {
  source: string;
  munition: string;
  scope: 'national' | 'regional';
  basis: 'barrage' | 'tally';
  launched: number;
  intercepted: number;
  suppressed: number | null;
  /** What the attacker's ministry claims to have got through, for a competing claim. */
  rival_intercepted: number | null;
}

export interface SyntheticNight {
  night: string;
  claims: SyntheticClaim[];
  debris: boolean;
}

function uavClaim(night: string, random: () => number): SyntheticClaim {
  const launched = 5 + Math.floor(random() * 120);
  const downed = Math.round(launched * (0.45 + random() * 0.25));
  const lost = Math.round((launched - downed) * (0.5 + random() * 0.3));
  const [inEraA, inEraC] = [night < '2023-09-01', night >= '2024-05-01'];
  return {
    source: 'xxb-air-defence',
    munition: 'synthetic-uav',
    scope: 'national',
    basis: 'barrage',
    launched,
    intercepted: inEraC ? downed + lost : downed,
    suppressed: inEraA ? null : inEraC ? 0 : lost,
    rival_intercepted: random() < 0.04 ? Math.floor(downed / 3) : null,
  };
}

function otherClaims(random: () => number): SyntheticClaim[] {
  const claims: SyntheticClaim[] = [];
  const common = { suppressed: null, rival_intercepted: null } as const;
  if (random() < 0.25) {
    const launched = 1 + Math.floor(random() * 20);
    const intercepted = Math.round(launched * random());
    const missile = {
      munition: 'synthetic-cruise-missile',
      scope: 'national',
      basis: 'barrage',
    } as const;
    claims.push({ source: 'xxb-air-defence', ...missile, launched, intercepted, ...common });
  }
  if (random() < 0.2) {
    const kills = 1 + Math.floor(random() * 8);
    const tally = { munition: 'synthetic-uav', scope: 'regional', basis: 'tally' } as const;
    claims.push({
      source: 'xxb-coast-command',
      ...tally,
      launched: kills,
      intercepted: kills,
      ...common,
    });
  }
  return claims;
}

/** Two years of invented nights with three reporting eras, silent nights, tallies and competing claims. */
export function syntheticNights(): SyntheticNight[] {
  const random = generator(SEED);
  return Array.from({ length: NIGHTS }, (_, index) => addDays(FIRST_NIGHT, index)).flatMap(
    (night) => {
      if (random() < 0.12) return [];
      const claims = [uavClaim(night, random), ...otherClaims(random)];
      return [{ night, claims, debris: random() < 0.05 }];
    },
  );
}
