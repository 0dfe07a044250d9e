// The shape of the data: the same nights, munitions, sources, scopes and bases at every size. Sizes differ only by how
// many claims share a cell, so a cost that follows the answer is flat from one size to the next, and one that follows
// the history is not.
import { generator } from './random.mjs';

export const SIZES = { '5k': 5_000, '100k': 100_000, '1m': 1_000_000, '5m': 5_000_000 };
export const PAIR = { attacker: 'XXA', defender: 'XXB' };
export const FIRST_NIGHT = '2023-01-01';
export const NIGHTS = 1_000;
export const CELLS_PER_NIGHT = 5;
export const CELLS = NIGHTS * CELLS_PER_NIGHT;

const SEED = 20_240_907;
const DAY_MS = 86_400_000;
const RIVAL_SHARE = 0.1;

/** The date so many days after another. */
export const dayAfter = (date, days) =>
  new Date(Date.parse(date) + days * DAY_MS).toISOString().slice(0, 10);

export const barrageOf = (night) => `xxa-xxb-${night}`;

const national = (munition) => ({
  source: 'xxb-air-defence',
  munition,
  scope: 'national',
  basis: 'barrage',
});
const MISSILES = ['synthetic-cruise-missile', 'synthetic-ballistic-missile'];
const DRONES = ['synthetic-jet-uav', 'synthetic-decoy'];
const OTHERS = [
  { ...national('synthetic-glide-bomb'), basis: 'tally' },
  { ...national('synthetic-cruise-missile'), source: 'xxb-coast-command', scope: 'regional' },
  national('synthetic-glide-bomb'),
];

/** Every cell, by night. What is reported at all is the cell's, so that larger sizes have no more kinds of sums. */
export function cells() {
  const random = generator(SEED);
  const pick = (list) => list[Math.floor(random() * list.length)];
  return Array.from({ length: NIGHTS }, (_, index) => dayAfter(FIRST_NIGHT, index)).flatMap(
    (night) => {
      const rival = { ...national('synthetic-uav'), source: 'xxa-ministry', rival: true };
      const tally = { source: 'xxb-coast-command', scope: 'regional', basis: 'tally' };
      return [
        national('synthetic-uav'),
        national(pick(MISSILES)),
        national(pick(DRONES)),
        { ...national('synthetic-uav'), ...tally },
        random() < RIVAL_SHARE ? rival : pick(OTHERS),
      ].map((cell) => ({ ...cell, night, rival: cell.rival ?? false }));
    },
  );
}
