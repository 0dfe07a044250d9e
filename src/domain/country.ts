import { z } from 'zod';

/** ISO 3166-1 alpha-3 code of a party, upper case on the wire; `XXA` and `XXB` are invented parties of synthetic data. */
export const countrySchema = z
  .string()
  .regex(/^[A-Z]{3}$/, 'an ISO 3166-1 alpha-3 code in upper case, such as UKR');
