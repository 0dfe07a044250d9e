import { z } from 'zod';

const address = z.string().regex(/^https?:\/\//);
const organisation = z.strictObject({
  '@type': z.literal('Organization'),
  name: z.string(),
  url: address,
});
const variable = z.strictObject({
  '@type': z.literal('PropertyValue'),
  name: z.string(),
  description: z.string(),
  measurementTechnique: z.string().describe('The formula.'),
  minValue: z.literal(0),
  maxValue: z.literal(1),
});
const place = z.strictObject({
  '@type': z.literal('Place'),
  name: z.string(),
  identifier: z.strictObject({
    '@type': z.literal('PropertyValue'),
    propertyID: z.string(),
    value: z.string(),
  }),
});
const download = z.strictObject({
  '@type': z.literal('DataDownload'),
  name: z.string(),
  contentUrl: address,
  encodingFormat: z.string(),
});

/** A schema.org Dataset. */
export const datasetSchema = z
  .strictObject({
    '@context': z.literal('https://schema.org/'),
    '@type': z.literal('Dataset'),
    '@id': address,
    identifier: address,
    url: address,
    name: z.string(),
    description: z.string().min(50).max(5000),
    version: z.string().describe('The dataset version.'),
    datePublished: z.iso.datetime(),
    dateModified: z.iso.datetime(),
    temporalCoverage: z
      .string()
      .optional()
      .describe('First and last night; absent while there are no barrages.'),
    spatialCoverage: z.array(place).optional().describe('Who was attacked.'),
    keywords: z.array(z.string()),
    license: z.strictObject({
      '@type': z.literal('CreativeWork'),
      name: z.string(),
      text: z.string(),
      url: address,
    }),
    isAccessibleForFree: z.literal(true),
    creator: organisation,
    publisher: organisation,
    creditText: z.string().describe('How to name the dataset in a text.'),
    measurementTechnique: z.string(),
    variableMeasured: z.array(variable),
    distribution: z.array(download),
  })
  .meta({ id: 'Dataset' });
