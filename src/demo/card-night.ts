import type { z } from 'zod';
import type { barrageInputSchema } from '../domain/barrage-input.js';

/**
 * The night the service began with: 67 drones launched, 58 claimed intercepted, debris beside the parliament in Kyiv.
 * A real night; every number is the named source's claim. Demonstration data, the README's example and a test fixture.
 */
export const CARD_NIGHT = {
  attacker: 'RUS',
  defender: 'UKR',
  night: '2024-09-07',
  claims: [
    {
      source: 'ua-air-force',
      munition: 'shahed-136-131',
      window_start: '2024-09-07',
      window_end: '2024-09-07T08:00',
      timezone: 'Europe/Kyiv',
      launched: 67,
      intercepted: 58,
      suppressed: 3,
      left_airspace: 6,
      left_airspace_to: { BLR: 6 },
      launch_places: ['Chauda, Crimea', 'Kursk oblast', 'Yeysk'],
    },
  ],
  debris_sites: [
    {
      source: 'verkhovna-rada',
      via: 'Telegram',
      cited_by: [{ source: 'al-jazeera', published: '2024-09-07' }],
      place: 'Next to the parliament building (Verkhovna Rada), Kyiv',
      region: 'UA-30',
      fallen: 'debris of one drone',
      killed: 0,
      injured: 0,
      note: 'Nobody hurt.',
    },
  ],
} satisfies z.input<typeof barrageInputSchema>;
