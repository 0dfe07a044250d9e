// Real answers of a new service, written by test/contract/examples.test.ts; as long as these are.
import type { Examples } from './example.js';

export const DATASET_EXAMPLES: Examples = {
  "describeDataset": {
    "200": {
      "asked": "GET /dataset",
      "answer": {
        "application/json": {
          "@context": "https://schema.org/",
          "@type": "Dataset",
          "@id": "http://localhost:3000/dataset",
          "identifier": "http://localhost:3000/dataset",
          "url": "http://localhost:3000/dataset",
          "name": "barrage-stats: claims about nightly air attacks",
          "description": "Nightly air-attack reports as claims by named parties: how many munitions a source says were launched, intercepted, suppressed or left the airspace, by barrage, munition and source, with debris sites, corrections and retractions. Every number is a claim and none is a verified fact; sides are never added together, and what was not reported is null and never zero. Every state of the dataset is kept and can be asked for again at its version.",
          "version": "3",
          "datePublished": "2026-11-22T00:00:00.000Z",
          "dateModified": "2026-12-08T09:30:00.208Z",
          "temporalCoverage": "2023-01-01/2024-12-31",
          "spatialCoverage": [
            {
              "@type": "Place",
              "name": "UKR",
              "identifier": {
                "@type": "PropertyValue",
                "propertyID": "ISO 3166-1 alpha-3",
                "value": "UKR"
              }
            },
            {
              "@type": "Place",
              "name": "XXB",
              "identifier": {
                "@type": "PropertyValue",
                "propertyID": "ISO 3166-1 alpha-3",
                "value": "XXB"
              }
            }
          ],
          "keywords": [
            "air attack",
            "air defence",
            "interception rate",
            "drones",
            "cruise missiles",
            "ballistic missiles",
            "claims by parties to a conflict"
          ],
          "license": {
            "@type": "CreativeWork",
            "name": "Terms of use",
            "text": "Every number is a claim by the named party. Attribute the sources of the claims; the terms of imported data are its publisher’s.",
            "url": "http://localhost:3000/"
          },
          "isAccessibleForFree": true,
          "creator": {
            "@type": "Organization",
            "name": "barrage-stats",
            "url": "http://localhost:3000/"
          },
          "publisher": {
            "@type": "Organization",
            "name": "barrage-stats",
            "url": "http://localhost:3000/"
          },
          "creditText": "barrage-stats, dataset version 3 of 2026-12-08, method version 1. http://localhost:3000/dataset",
          "measurementTechnique": "Official statements and media reports, recorded claim by claim with their source and read from published files; pooled rates with Wilson and night-clustered intervals.",
          "variableMeasured": [
            {
              "@type": "PropertyValue",
              "name": "interception",
              "description": "Share of the launched munitions that the source claims to have shot down. From the start of an era in which the word also covers suppressed munitions it measures something else, and is not comparable with the years before.",
              "measurementTechnique": "intercepted / launched",
              "minValue": 0,
              "maxValue": 1
            },
            {
              "@type": "PropertyValue",
              "name": "neutralisation",
              "description": "Share claimed shot down or otherwise lost without reaching the target (electronic warfare, lost in location). Null where no claim reports suppressed.",
              "measurementTechnique": "(intercepted + suppressed) / launched",
              "minValue": 0,
              "maxValue": 1
            },
            {
              "@type": "PropertyValue",
              "name": "non_penetration",
              "description": "Neutralisation plus the munitions that flew on out of the airspace. Null where no claim reports suppressed.",
              "measurementTechnique": "(intercepted + suppressed + left_airspace) / launched",
              "minValue": 0,
              "maxValue": 1
            }
          ],
          "distribution": [
            {
              "@type": "DataDownload",
              "name": "The whole dataset with its history, SQLite",
              "contentUrl": "http://localhost:3000/dataset.sqlite",
              "encodingFormat": "application/vnd.sqlite3"
            },
            {
              "@type": "DataDownload",
              "name": "Barrages with totals per munition, JSON in pages",
              "contentUrl": "http://localhost:3000/barrages",
              "encodingFormat": "application/json"
            }
          ]
        },
        "application/ld+json": {
          "@context": "https://schema.org/",
          "@type": "Dataset",
          "@id": "http://localhost:3000/dataset",
          "identifier": "http://localhost:3000/dataset",
          "url": "http://localhost:3000/dataset",
          "name": "barrage-stats: claims about nightly air attacks",
          "description": "Nightly air-attack reports as claims by named parties: how many munitions a source says were launched, intercepted, suppressed or left the airspace, by barrage, munition and source, with debris sites, corrections and retractions. Every number is a claim and none is a verified fact; sides are never added together, and what was not reported is null and never zero. Every state of the dataset is kept and can be asked for again at its version.",
          "version": "3",
          "datePublished": "2026-11-22T00:00:00.000Z",
          "dateModified": "2026-12-08T09:30:00.208Z",
          "temporalCoverage": "2023-01-01/2024-12-31",
          "spatialCoverage": [
            {
              "@type": "Place",
              "name": "UKR",
              "identifier": {
                "@type": "PropertyValue",
                "propertyID": "ISO 3166-1 alpha-3",
                "value": "UKR"
              }
            },
            {
              "@type": "Place",
              "name": "XXB",
              "identifier": {
                "@type": "PropertyValue",
                "propertyID": "ISO 3166-1 alpha-3",
                "value": "XXB"
              }
            }
          ],
          "keywords": [
            "air attack",
            "air defence",
            "interception rate",
            "drones",
            "cruise missiles",
            "ballistic missiles",
            "claims by parties to a conflict"
          ],
          "license": {
            "@type": "CreativeWork",
            "name": "Terms of use",
            "text": "Every number is a claim by the named party. Attribute the sources of the claims; the terms of imported data are its publisher’s.",
            "url": "http://localhost:3000/"
          },
          "isAccessibleForFree": true,
          "creator": {
            "@type": "Organization",
            "name": "barrage-stats",
            "url": "http://localhost:3000/"
          },
          "publisher": {
            "@type": "Organization",
            "name": "barrage-stats",
            "url": "http://localhost:3000/"
          },
          "creditText": "barrage-stats, dataset version 3 of 2026-12-08, method version 1. http://localhost:3000/dataset",
          "measurementTechnique": "Official statements and media reports, recorded claim by claim with their source and read from published files; pooled rates with Wilson and night-clustered intervals.",
          "variableMeasured": [
            {
              "@type": "PropertyValue",
              "name": "interception",
              "description": "Share of the launched munitions that the source claims to have shot down. From the start of an era in which the word also covers suppressed munitions it measures something else, and is not comparable with the years before.",
              "measurementTechnique": "intercepted / launched",
              "minValue": 0,
              "maxValue": 1
            },
            {
              "@type": "PropertyValue",
              "name": "neutralisation",
              "description": "Share claimed shot down or otherwise lost without reaching the target (electronic warfare, lost in location). Null where no claim reports suppressed.",
              "measurementTechnique": "(intercepted + suppressed) / launched",
              "minValue": 0,
              "maxValue": 1
            },
            {
              "@type": "PropertyValue",
              "name": "non_penetration",
              "description": "Neutralisation plus the munitions that flew on out of the airspace. Null where no claim reports suppressed.",
              "measurementTechnique": "(intercepted + suppressed + left_airspace) / launched",
              "minValue": 0,
              "maxValue": 1
            }
          ],
          "distribution": [
            {
              "@type": "DataDownload",
              "name": "The whole dataset with its history, SQLite",
              "contentUrl": "http://localhost:3000/dataset.sqlite",
              "encodingFormat": "application/vnd.sqlite3"
            },
            {
              "@type": "DataDownload",
              "name": "Barrages with totals per munition, JSON in pages",
              "contentUrl": "http://localhost:3000/barrages",
              "encodingFormat": "application/json"
            }
          ]
        }
      }
    }
  },
  "citePermalink": {
    "200": {
      "asked": "GET /cite?url=/stats?from=2024-09-07&to=2024-09-07&as_of=2",
      "answer": {
        "application/json": {
          "data": {
            "text": "barrage-stats, dataset version 2 of 2026-12-08, method version 1: claims by the defender, RUS against UKR. http://localhost:3000/stats?as_of=2&attacker=RUS&basis=barrage&defender=UKR&from=2024-09-07&scope=national&side=defender&to=2024-09-07",
            "bibtex": "@misc{barrage-stats-v2-649a4de9,\n  author = {{barrage-stats}},\n  title = {{Interception statistics /stats: claims about RUS against UKR, nights 2024-09-07 to 2024-09-07}},\n  year = {2026},\n  month = {12},\n  day = {8},\n  version = {2},\n  howpublished = {Data set},\n  url = {http://localhost:3000/stats?as_of=2&attacker=RUS&basis=barrage&defender=UKR&from=2024-09-07&scope=national&side=defender&to=2024-09-07},\n  urldate = {2026-12-08},\n  note = {Dataset version 2, method version 1; digest of the data sha-256=:zQoHZvR6NM8WkrXLX3e7Rr9AQ5kooLF3UHfiNAqdiQU=:}\n}\n",
            "csl_json": {
              "id": "barrage-stats-v2-649a4de9",
              "type": "dataset",
              "title": "Interception statistics /stats: claims about RUS against UKR, nights 2024-09-07 to 2024-09-07",
              "author": [
                {
                  "literal": "barrage-stats"
                }
              ],
              "issued": {
                "date-parts": [
                  [
                    2026,
                    12,
                    8
                  ]
                ]
              },
              "accessed": {
                "date-parts": [
                  [
                    2026,
                    12,
                    8
                  ]
                ]
              },
              "version": "2",
              "URL": "http://localhost:3000/stats?as_of=2&attacker=RUS&basis=barrage&defender=UKR&from=2024-09-07&scope=national&side=defender&to=2024-09-07",
              "note": "Dataset version 2, method version 1; digest of the data sha-256=:zQoHZvR6NM8WkrXLX3e7Rr9AQ5kooLF3UHfiNAqdiQU=:"
            },
            "apa": "barrage-stats. (2026, December 8). Interception statistics /stats: claims about RUS against UKR, nights 2024-09-07 to 2024-09-07 (Version 2) [Data set]. http://localhost:3000/stats?as_of=2&attacker=RUS&basis=barrage&defender=UKR&from=2024-09-07&scope=national&side=defender&to=2024-09-07",
            "permalink": "http://localhost:3000/stats?as_of=2&attacker=RUS&basis=barrage&defender=UKR&from=2024-09-07&scope=national&side=defender&to=2024-09-07",
            "digest": "sha-256=:zQoHZvR6NM8WkrXLX3e7Rr9AQ5kooLF3UHfiNAqdiQU=:"
          },
          "meta": {
            "query": {
              "url": "/stats?from=2024-09-07&to=2024-09-07&as_of=2"
            },
            "dataset_version": 3,
            "as_of": "2026-12-08T09:30:00.208Z",
            "generated_at": "2026-12-08T09:30:40.000Z"
          }
        }
      }
    }
  }
};
