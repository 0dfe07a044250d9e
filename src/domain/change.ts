export const OPERATIONS = ['created', 'corrected', 'retracted'] as const;
export type Operation = (typeof OPERATIONS)[number];

/** Records that have revisions of their own, as they are called in sentences. */
export const RECORD_NAMES = {
  barrage: 'barrage',
  claim: 'claim',
  debris_site: 'debris site',
} as const;
export type RevisedEntity = keyof typeof RECORD_NAMES;
