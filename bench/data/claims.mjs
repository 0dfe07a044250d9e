// Synthetic claims of the invented parties XXA and XXB, the same for everybody from a fixed seed. Nothing here happened.
import { barrageOf, CELLS, cells, dayAfter, SIZES } from './cells.mjs';
import { generator } from './random.mjs';

const SEED = 1;
const ID_DIGITS = 26;
const START_MINUTES = 300;
const MOST_LAUNCHED = 120;
// Era A of the synthetic sources reported no suppressed munitions.
const SUPPRESSED_SINCE = '2023-09-01';
// In era C they count the suppressed of this munition as intercepted.
const INCLUDED_SINCE = '2024-05-01';
const INCLUDED_FOR = 'synthetic-uav';

const two = (number) => String(number).padStart(2, '0');
/** Claims of one cell are told apart by their windows and addresses; the night stays the same. */
function windowOf(night, index) {
  const minute = index % START_MINUTES;
  const later = Math.floor(index / START_MINUTES);
  return {
    window_start: `${dayAfter(night, -1)}T${18 + Math.floor(minute / 60)}:${two(minute % 60)}`,
    window_end: `${night}T06:${two(later)}`,
  };
}

/** The id of the claim with a number: digits alone spell a valid ULID. */
export const claimId = (number) => `clm_${String(number).padStart(ID_DIGITS, '0')}`;

function countsOf({ night, basis, munition }, random) {
  const launched = 1 + Math.floor(random() * MOST_LAUNCHED);
  const intercepted = basis === 'tally' ? launched : Math.round(launched * (0.4 + random() * 0.4));
  const reported = basis === 'barrage' && night >= SUPPRESSED_SINCE;
  const isIncluded = munition === INCLUDED_FOR && night >= INCLUDED_SINCE;
  const suppressed = isIncluded ? 0 : Math.floor((launched - intercepted) * random());
  return { launched, intercepted, suppressed: reported ? suppressed : null };
}

function claimOf(cell, number, index, headline, random) {
  const { night, source, munition, scope, basis, rival } = cell;
  return {
    id: claimId(number),
    barrage_id: barrageOf(night),
    night,
    source,
    munition,
    scope,
    basis,
    ...windowOf(night, index),
    ...countsOf(cell, random),
    url: `https://reports.example/${source}/${number}`,
    alternative_to: rival ? claimId(headline) : null,
  };
}

/**
 * Every claim of a size, by night and cell.
 *
 * @param size a key of SIZES, or a number of claims that is a multiple of the cells
 */
export function* claims(size) {
  const perCell = (SIZES[size] ?? size) / CELLS;
  const random = generator(SEED);
  let number = 0;
  let first = 0;
  let night = '';
  for (const cell of cells()) {
    // The first cell of a night holds the headline claims that a rival's compete with, one each.
    if (cell.night !== night) first = number;
    night = cell.night;
    for (let index = 0; index < perCell; index += 1) {
      yield claimOf(cell, number, index, first + index, random);
      number += 1;
    }
  }
}
