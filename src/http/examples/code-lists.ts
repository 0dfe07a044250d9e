// Real answers of a new service, written by test/contract/examples.test.ts; as long as these are.
import type { Examples } from './example.js';

export const CODE_LIST_EXAMPLES: Examples = {
  "listSources": {
    "200": {
      "asked": "GET /sources",
      "answer": {
        "application/json": {
          "data": [
            {
              "slug": "al-jazeera",
              "name": "Al Jazeera",
              "party": null,
              "kind": "media",
              "url": null,
              "note": null
            },
            {
              "slug": "ru-mod",
              "name": "Ministry of Defence of the Russian Federation",
              "party": "RUS",
              "kind": "official",
              "url": null,
              "note": null
            }
          ],
          "meta": {
            "query": {
              "as_of": "latest"
            },
            "dataset_version": 3,
            "as_of": "2026-12-08T09:30:00.208Z",
            "generated_at": "2026-12-08T09:30:22.000Z"
          }
        }
      }
    }
  },
  "listMunitions": {
    "200": {
      "asked": "GET /munitions",
      "answer": {
        "application/json": {
          "data": [
            {
              "slug": "3m22-zircon",
              "name": "3M22 Zircon",
              "category": "cruise_missile",
              "aliases": [
                "zircon",
                "tsirkon",
                "3m22"
              ],
              "components": []
            },
            {
              "slug": "c-300",
              "name": "C-300",
              "category": "surface_to_air_missile",
              "aliases": [
                "s-300",
                "с-300"
              ],
              "components": []
            }
          ],
          "meta": {
            "query": {
              "as_of": "latest"
            },
            "dataset_version": 3,
            "as_of": "2026-12-08T09:30:00.208Z",
            "generated_at": "2026-12-08T09:30:23.000Z"
          }
        }
      }
    }
  },
  "listRegions": {
    "200": {
      "asked": "GET /regions",
      "answer": {
        "application/json": {
          "data": [
            {
              "code": "UA-05",
              "name": "Vinnytsia oblast",
              "country": "UKR",
              "aliases": [
                "Vinnytsia"
              ]
            },
            {
              "code": "UA-07",
              "name": "Volyn oblast",
              "country": "UKR",
              "aliases": [
                "Lutsk"
              ]
            }
          ],
          "meta": {
            "query": {
              "as_of": "latest"
            },
            "dataset_version": 3,
            "as_of": "2026-12-08T09:30:00.208Z",
            "generated_at": "2026-12-08T09:30:24.000Z"
          }
        }
      }
    }
  },
  "listReportingEras": {
    "200": {
      "asked": "GET /reporting-eras",
      "answer": {
        "application/json": {
          "data": [
            {
              "id": "ukr-a",
              "party": "UKR",
              "source": null,
              "code": "A",
              "from_night": null,
              "to_night": "2024-07-09",
              "meaning": "Suppressed munitions are never reported: what did not arrive and was not shot down is missing from the reports.",
              "breaks": [],
              "intercepted_includes_suppressed_for": []
            },
            {
              "id": "ukr-b",
              "party": "UKR",
              "source": null,
              "code": "B",
              "from_night": "2024-07-10",
              "to_night": "2025-07-23",
              "meaning": "Shot down and suppressed (lost in location, electronic warfare) are reported separately; sparse before October 2024.",
              "breaks": [
                "interception",
                "neutralisation",
                "non_penetration"
              ],
              "intercepted_includes_suppressed_for": []
            }
          ],
          "meta": {
            "query": {
              "as_of": "latest"
            },
            "dataset_version": 3,
            "as_of": "2026-12-08T09:30:00.208Z",
            "generated_at": "2026-12-08T09:30:25.000Z"
          }
        }
      }
    }
  },
  "recordSource": {
    "200": {
      "asked": "POST /sources",
      "body": {
        "application/json": {
          "slug": "observer",
          "name": "Synthetic: an observer",
          "kind": "osint"
        }
      },
      "answer": {
        "application/json": {
          "data": {
            "slug": "observer",
            "name": "Synthetic: an observer",
            "party": null,
            "kind": "osint",
            "url": null,
            "note": null
          },
          "meta": {
            "query": {},
            "dataset_version": 7,
            "as_of": "2026-12-08T09:30:51.000Z",
            "generated_at": "2026-12-08T09:30:51.000Z"
          }
        }
      }
    },
    "201": {
      "asked": "POST /sources",
      "body": {
        "application/json": {
          "slug": "observer",
          "name": "Synthetic: an observer",
          "kind": "osint"
        }
      },
      "answer": {
        "application/json": {
          "data": {
            "slug": "observer",
            "name": "Synthetic: an observer",
            "party": null,
            "kind": "osint",
            "url": null,
            "note": null
          },
          "meta": {
            "query": {},
            "dataset_version": 7,
            "as_of": "2026-12-08T09:30:51.000Z",
            "generated_at": "2026-12-08T09:30:51.000Z"
          }
        }
      }
    }
  },
  "recordReportingEra": {
    "200": {
      "asked": "POST /reporting-eras",
      "body": {
        "application/json": {
          "party": "XXB",
          "code": "Z",
          "from_night": "2026-02-01",
          "meaning": "Synthetic: drones lost to electronic warfare are counted as intercepted.",
          "breaks": [
            "interception"
          ]
        }
      },
      "answer": {
        "application/json": {
          "data": {
            "id": "xxb-z",
            "party": "XXB",
            "source": null,
            "code": "Z",
            "from_night": "2026-02-01",
            "to_night": null,
            "meaning": "Synthetic: drones lost to electronic warfare are counted as intercepted.",
            "breaks": [
              "interception"
            ],
            "intercepted_includes_suppressed_for": []
          },
          "meta": {
            "query": {},
            "dataset_version": 8,
            "as_of": "2026-12-08T09:30:53.000Z",
            "generated_at": "2026-12-08T09:30:53.000Z"
          }
        }
      }
    },
    "201": {
      "asked": "POST /reporting-eras",
      "body": {
        "application/json": {
          "party": "XXB",
          "code": "Z",
          "from_night": "2026-02-01",
          "meaning": "Synthetic: drones lost to electronic warfare are counted as intercepted.",
          "breaks": [
            "interception"
          ]
        }
      },
      "answer": {
        "application/json": {
          "data": {
            "id": "xxb-z",
            "party": "XXB",
            "source": null,
            "code": "Z",
            "from_night": "2026-02-01",
            "to_night": null,
            "meaning": "Synthetic: drones lost to electronic warfare are counted as intercepted.",
            "breaks": [
              "interception"
            ],
            "intercepted_includes_suppressed_for": []
          },
          "meta": {
            "query": {},
            "dataset_version": 8,
            "as_of": "2026-12-08T09:30:53.000Z",
            "generated_at": "2026-12-08T09:30:53.000Z"
          }
        }
      }
    }
  }
};
