/** The closed list of measures. A rate is never shown without the name of its measure. */
export const MEASURES = ['interception', 'neutralisation', 'non_penetration'] as const;
export type Measure = (typeof MEASURES)[number];

/** Raised when a formula changes, so that a figure can be traced to the method that made it. */
export const METHOD_VERSION = 1;

/** What enters the numerator of a measure; the denominator is always `launched`. */
export interface MeasureDefinition {
  measure: Measure;
  formula: string;
  numerator: readonly ('intercepted' | 'suppressed' | 'left_airspace')[];
  /** Counts that a claim must give to enter the measure at all. */
  required: readonly ('launched' | 'intercepted')[];
  description: string;
}

export const MEASURE_DEFINITIONS: Readonly<Record<Measure, MeasureDefinition>> = {
  interception: {
    measure: 'interception',
    formula: 'intercepted / launched',
    numerator: ['intercepted'],
    required: ['launched', 'intercepted'],
    description:
      'Share of the launched munitions that the source claims to have shot down. From the start of an era in which the word also covers suppressed munitions it measures something else, and is not comparable with the years before.',
  },
  neutralisation: {
    measure: 'neutralisation',
    formula: '(intercepted + suppressed) / launched',
    numerator: ['intercepted', 'suppressed'],
    required: ['launched', 'intercepted'],
    description:
      'Share claimed shot down or otherwise lost without reaching the target (electronic warfare, lost in location). Null where no claim reports suppressed.',
  },
  non_penetration: {
    measure: 'non_penetration',
    formula: '(intercepted + suppressed + left_airspace) / launched',
    numerator: ['intercepted', 'suppressed', 'left_airspace'],
    required: ['launched', 'intercepted'],
    description:
      'Neutralisation plus the munitions that flew on out of the airspace. Null where no claim reports suppressed.',
  },
};
