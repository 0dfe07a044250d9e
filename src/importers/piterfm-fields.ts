import type { ClaimContent } from '../domain/claim.js';

/** The column (in normalised names) from which each field of a claim is read; fields that no row speaks of are absent. */
export const FIELD_COLUMNS = {
  source: 'source',
  url: 'source',
  munition: 'model',
  window_start: 'time_start',
  window_end: 'time_end',
  launched: 'launched',
  intercepted: 'destroyed',
  suppressed: 'not_reach_goal',
  left_airspace: 'border_crossing',
  left_airspace_to: 'border_crossing',
  still_airborne: 'still_attacking',
  strike_uav_min: 'is_shahed',
  hit_locations: 'num_hit_location',
  debris_locations: 'num_fall_fragment_location',
  turbojet: 'turbojet',
  turbojet_intercepted: 'turbojet_destroyed',
  launch_places: 'launch_place',
  target: 'target',
  target_main: 'target_main',
  carriers: 'carrier',
  affected_regions: 'affected region',
  intercepted_by_place: 'destroyed_details',
  launched_by_munition: 'launched_details',
  launch_places_by_munition: 'launch_place_details',
} as const satisfies Partial<Record<keyof ClaimContent, string>>;

export type ReadField = keyof typeof FIELD_COLUMNS;
