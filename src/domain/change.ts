export const OPERATIONS = ['created', 'corrected', 'retracted'] as const;
export type Operation = (typeof OPERATIONS)[number];
