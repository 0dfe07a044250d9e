import { z } from 'zod';
import { isCalendarDate } from './calendar.js';
import { countrySchema } from './country.js';

/** A barrage: everything one attacker sent at one defender in one night. */
export interface Barrage {
  id: string;
  attacker: string;
  defender: string;
  night: string;
  note: string | null;
}

export const nightSchema = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/, 'a calendar date, YYYY-MM-DD')
  .refine(isCalendarDate, 'a date that exists in the calendar, from 1900 to 2199')
  .meta({ format: 'date', pattern: '^(19|20|21)\\d{2}-\\d{2}-\\d{2}$' });

export const barrageIdSchema = z
  .string()
  .regex(
    /^[a-z]{3}-[a-z]{3}-\d{4}-\d{2}-\d{2}$/,
    'attacker-defender-night, such as rus-ukr-2024-09-07',
  );

/**
 * The readable, citable id of a barrage: attacker and defender in lower case, then the night.
 *
 * @example barrageId({ attacker: 'RUS', defender: 'UKR', night: '2024-09-07' }) // => "rus-ukr-2024-09-07"
 */
export function barrageId(key: Pick<Barrage, 'attacker' | 'defender' | 'night'>): string {
  return `${key.attacker}-${key.defender}`.toLowerCase().concat('-', key.night);
}

/**
 * The natural key that a barrage id spells.
 *
 * @example barrageKey('rus-ukr-2024-09-07') // => {"attacker":"RUS","defender":"UKR","night":"2024-09-07"}
 */
export function barrageKey(id: string): Pick<Barrage, 'attacker' | 'defender' | 'night'> {
  return {
    attacker: id.slice(0, 3).toUpperCase(),
    defender: id.slice(4, 7).toUpperCase(),
    night: id.slice(8),
  };
}

export const barrageKeyFields = {
  attacker: countrySchema
    .describe('Country code of the party that launched.')
    .meta({ examples: ['RUS'] }),
  defender: countrySchema
    .describe('Country code of the party that was attacked.')
    .meta({ examples: ['UKR'] }),
};
