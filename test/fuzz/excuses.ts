import { IMPOSSIBLE_FLAGS } from '../../src/domain/claim-flags.js';

interface Excuse {
  code: string;
  /** Of the message, where the code alone says too little. */
  detail?: RegExp;
  why: string;
}

/**
 * Why a request that the specification allows may be refused with 400 or 422: rules between things, or about what is
 * recorded, which no schema says. Everything else that is refused has to be said in the specification.
 */
export const EXCUSES: readonly Excuse[] = [
  { code: 'unknown_code', why: 'which codes there are is data' },
  { code: 'unknown_source', why: 'which sources there are is data' },
  { code: 'unknown_munition', why: 'which munitions there are is data' },
  { code: 'unknown_region', why: 'which regions there are is data' },
  { code: 'unknown_claim', why: 'which claims there are is data' },
  { code: 'no_such_version', why: 'which versions there are is data' },
  { code: 'invalid_cursor', why: 'a cursor is opaque, and made by the service' },
  { code: 'not_ours', why: 'only links of this service can be cited' },
  { code: 'night_mismatch', why: 'the window and the night of the barrage' },
  { code: 'night_out_of_range', why: 'the window names the night' },
  { code: 'same_party', why: 'attacker and defender' },
  { code: 'not_a_headline_claim', why: 'what the other claim is' },
  { code: 'different_munition', why: 'what the other claim is about' },
  { code: 'overlapping_era', why: 'which eras there are is data' },
  { code: 'same_key', why: 'another record of the same body has this key' },
  { code: 'assertion_with_count', why: 'two fields' },
  { code: 'needs_explain', why: 'two parameters: explain, and limit or cursor' },
  { code: 'has_alternatives', why: 'claims that are alternatives to it' },
  { code: 'exceeds_launched', why: 'two counts' },
  { code: 'too_many_points', why: 'window, bucket and fill together' },
  { code: 'not_set_by_hand', why: 'what was set by hand before' },
  { code: 'has_repetitions', why: 'claims that repeat it' },
  ...[...IMPOSSIBLE_FLAGS].map((code) => ({ code, why: 'counts, or the ends of the window' })),
  {
    code: 'not_recorded',
    why: 'a batch says of every item why it cannot be written, conflicts too',
  },
  { code: 'differs', why: 'a batch says of every item why it cannot be written, conflicts too' },
  { code: 'custom', detail: /^a night not before from/, why: 'two parameters: from and to' },
  { code: 'custom', detail: /^two different keys/, why: 'no pattern says "different"' },
  { code: 'custom', detail: /^rising numbers/, why: 'no pattern says "rising"' },
  { code: 'custom', detail: /^an IANA time zone that exists/, why: 'the list is the platform’s' },
  { code: 'custom', detail: /^latitude and longitude come together/, why: 'two fields' },
  { code: 'custom', detail: /^exactly one of party and source/, why: 'two fields' },
  { code: 'custom', detail: /^a moment that exists/, why: 'an optional time of day has no format' },
  { code: 'required', detail: /without claims needs its night/, why: 'two fields' },
  { code: 'required', detail: /needs the source's own words/, why: 'two fields' },
];

/** Problems without a list of errors that a request which the specification allows can be answered with. */
export const EXCUSED_PROBLEMS: ReadonlySet<string> = new Set([
  // The same key on another request: two requests that are each allowed.
  '/problems/idempotency-key-reused',
]);
