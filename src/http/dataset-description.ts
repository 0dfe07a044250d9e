import type { z } from 'zod';
import { MEASURE_DEFINITIONS, MEASURES, METHOD_VERSION } from '../domain/measure.js';
import type { BarrageCoverage } from '../storage/barrage-store.js';
import type { DatasetVersion } from '../storage/versions.js';
import { LICENCE } from './meta.js';
import type { datasetSchema } from './schemas/dataset.js';

export const SQLITE_TYPE = 'application/vnd.sqlite3';

const NAME = 'barrage-stats: claims about nightly air attacks';
const DESCRIPTION =
  'Nightly air-attack reports as claims by named parties: how many munitions a source says were launched, intercepted, suppressed or left the airspace, by barrage, munition and source, with debris sites, corrections and retractions. Every number is a claim and none is a verified fact; sides are never added together, and what was not reported is null and never zero. Every state of the dataset is kept and can be asked for again at its version.';
const KEYWORDS = [
  'air attack',
  'air defence',
  'interception rate',
  'drones',
  'cruise missiles',
  'ballistic missiles',
  'claims by parties to a conflict',
];
const TECHNIQUE =
  'Official statements and media reports, recorded claim by claim with their source and read from published files; pooled rates with Wilson and night-clustered intervals.';
const LISTS = [
  ['barrages', 'Barrages with totals per munition'],
  ['claims', 'Claims'],
  ['debris-sites', 'Debris sites'],
  ['sources', 'Sources'],
  ['munitions', 'Munitions'],
  ['changes', 'Everything created, corrected or retracted, in order'],
] as const;

/** @param asOf what the addresses of lists end with, so that they answer from the version that is described */
function distributionsAt(base: string, asOf: string) {
  const file = {
    '@type': 'DataDownload' as const,
    name: 'The whole dataset with its history, SQLite',
    contentUrl: `${base}/dataset.sqlite`,
    encodingFormat: SQLITE_TYPE,
  };
  const lists = LISTS.map(([path, name]) => ({
    '@type': 'DataDownload' as const,
    name: `${name}, JSON in pages`,
    contentUrl: `${base}/${path}${asOf}`,
    encodingFormat: 'application/json',
  }));
  return [file, ...lists];
}

const variables = MEASURES.map((measure) => ({
  '@type': 'PropertyValue' as const,
  name: measure,
  description: MEASURE_DEFINITIONS[measure].description,
  measurementTechnique: MEASURE_DEFINITIONS[measure].formula,
  minValue: 0 as const,
  maxValue: 1 as const,
}));

const placeOf = (code: string) => ({
  '@type': 'Place' as const,
  name: code,
  identifier: {
    '@type': 'PropertyValue' as const,
    propertyID: 'ISO 3166-1 alpha-3',
    value: code,
  },
});

/**
 * The dataset as catalogues and search engines read it: schema.org, in the form that Google Dataset Search asks for.
 *
 * @param at where the service is reached, and whether a version was named; the file holds every version in any case
 * @param first the first version: when the dataset was published
 */
export function datasetDescription(
  { base, pinned }: { base: string; pinned: boolean },
  version: DatasetVersion,
  first: DatasetVersion,
  { nights, defenders }: BarrageCoverage,
): z.input<typeof datasetSchema> {
  const here = `${base}/dataset`;
  const maker = { '@type': 'Organization' as const, name: 'barrage-stats', url: `${base}/` };
  return {
    '@context': 'https://schema.org/',
    '@type': 'Dataset',
    '@id': here,
    identifier: here,
    url: here,
    name: NAME,
    description: DESCRIPTION,
    version: String(version.version),
    datePublished: first.at,
    dateModified: version.at,
    ...(nights !== null && { temporalCoverage: `${nights.first}/${nights.last}` }),
    ...(defenders.length > 0 && { spatialCoverage: defenders.map(placeOf) }),
    keywords: KEYWORDS,
    license: { '@type': 'CreativeWork', name: 'Terms of use', text: LICENCE, url: `${base}/` },
    isAccessibleForFree: true,
    creator: maker,
    publisher: maker,
    creditText: `barrage-stats, dataset version ${version.version} of ${version.at.slice(0, 10)}, method version ${METHOD_VERSION}. ${here}`,
    measurementTechnique: TECHNIQUE,
    variableMeasured: variables,
    distribution: distributionsAt(base, pinned ? `?as_of=${version.version}` : ''),
  };
}
