// Real answers of a new service, written by test/contract/examples.test.ts; as long as these are.
import type { Examples } from './example.js';

export const DEBRIS_SITE_EXAMPLES: Examples = {
  "listDebrisSites": {
    "200": {
      "asked": "GET /debris-sites?from=2024-09-07&to=2024-09-07",
      "answer": {
        "application/json": {
          "data": [
            {
              "id": "dbs_01J7AB3N5WQ4E2R8T6Y0K10002",
              "revision": 1,
              "recorded_at": "2026-12-08T09:30:00.000Z",
              "dataset_version": 2,
              "barrage_id": "rus-ukr-2024-09-07",
              "attacker": "RUS",
              "defender": "UKR",
              "night": "2024-09-07",
              "source": "verkhovna-rada",
              "url": null,
              "via": "Telegram",
              "cited_by": [
                {
                  "source": "al-jazeera",
                  "url": null,
                  "published": "2024-09-07",
                  "via": null
                }
              ],
              "place": "Next to the parliament building (Verkhovna Rada), Kyiv",
              "region": "UA-30",
              "latitude": null,
              "longitude": null,
              "fallen": "debris of one drone",
              "damaged": null,
              "killed": 0,
              "injured": 0,
              "note": "Nobody hurt."
            }
          ],
          "page": {
            "limit": 50,
            "has_more": false,
            "next_cursor": null
          },
          "meta": {
            "query": {
              "attacker": "RUS",
              "defender": "UKR",
              "from": "2024-09-07",
              "to": "2024-09-07",
              "sort": "-night",
              "as_of": "latest",
              "limit": 50
            },
            "dataset_version": 3,
            "as_of": "2026-12-08T09:30:00.208Z",
            "generated_at": "2026-12-08T09:30:43.000Z"
          }
        },
        "application/geo+json": {
          "type": "FeatureCollection",
          "features": [
            {
              "type": "Feature",
              "id": "dbs_01J7AB3N5WQ4E2R8T6Y0K10002",
              "geometry": null,
              "properties": {
                "id": "dbs_01J7AB3N5WQ4E2R8T6Y0K10002",
                "revision": 1,
                "recorded_at": "2026-12-08T09:30:00.000Z",
                "dataset_version": 2,
                "barrage_id": "rus-ukr-2024-09-07",
                "attacker": "RUS",
                "defender": "UKR",
                "night": "2024-09-07",
                "source": "verkhovna-rada",
                "url": null,
                "via": "Telegram",
                "cited_by": [
                  {
                    "source": "al-jazeera",
                    "url": null,
                    "published": "2024-09-07",
                    "via": null
                  }
                ],
                "place": "Next to the parliament building (Verkhovna Rada), Kyiv",
                "region": "UA-30",
                "latitude": null,
                "longitude": null,
                "fallen": "debris of one drone",
                "damaged": null,
                "killed": 0,
                "injured": 0,
                "note": "Nobody hurt."
              }
            }
          ],
          "page": {
            "limit": 50,
            "has_more": false,
            "next_cursor": null
          },
          "meta": {
            "query": {
              "attacker": "RUS",
              "defender": "UKR",
              "from": "2024-09-07",
              "to": "2024-09-07",
              "sort": "-night",
              "as_of": "latest",
              "limit": 50
            },
            "dataset_version": 3,
            "as_of": "2026-12-08T09:30:00.208Z",
            "generated_at": "2026-12-08T09:30:10.000Z"
          }
        },
        "text/csv": "id,revision,recorded_at,dataset_version,barrage_id,attacker,defender,night,source,url,via,cited_by,place,region,latitude,longitude,fallen,damaged,killed,injured,note\r\ndbs_01J7AB3N5WQ4E2R8T6Y0K10002,1,2026-12-08T09:30:00.000Z,2,rus-ukr-2024-09-07,RUS,UKR,2024-09-07,verkhovna-rada,,Telegram,\"[{\"\"source\"\":\"\"al-jazeera\"\",\"\"url\"\":null,\"\"published\"\":\"\"2024-09-07\"\",\"\"via\"\":null}]\",\"Next to the parliament building (Verkhovna Rada), Kyiv\",UA-30,,,debris of one drone,,0,0,Nobody hurt.\r\n",
        "application/x-ndjson": "{\"id\":\"dbs_01J7AB3N5WQ4E2R8T6Y0K10002\",\"revision\":1,\"recorded_at\":\"2026-12-08T09:30:00.000Z\",\"dataset_version\":2,\"barrage_id\":\"rus-ukr-2024-09-07\",\"attacker\":\"RUS\",\"defender\":\"UKR\",\"night\":\"2024-09-07\",\"source\":\"verkhovna-rada\",\"url\":null,\"via\":\"Telegram\",\"cited_by\":[{\"source\":\"al-jazeera\",\"url\":null,\"published\":\"2024-09-07\",\"via\":null}],\"place\":\"Next to the parliament building (Verkhovna Rada), Kyiv\",\"region\":\"UA-30\",\"latitude\":null,\"longitude\":null,\"fallen\":\"debris of one drone\",\"damaged\":null,\"killed\":0,\"injured\":0,\"note\":\"Nobody hurt.\"}\n"
      }
    }
  },
  "getDebrisSite": {
    "200": {
      "asked": "GET /debris-sites/dbs_01J7AB3N5WQ4E2R8T6Y0K10002",
      "answer": {
        "application/json": {
          "data": {
            "id": "dbs_01J7AB3N5WQ4E2R8T6Y0K10002",
            "revision": 1,
            "recorded_at": "2026-12-08T09:30:00.000Z",
            "dataset_version": 2,
            "barrage_id": "rus-ukr-2024-09-07",
            "attacker": "RUS",
            "defender": "UKR",
            "night": "2024-09-07",
            "source": "verkhovna-rada",
            "url": null,
            "via": "Telegram",
            "cited_by": [
              {
                "source": "al-jazeera",
                "url": null,
                "published": "2024-09-07",
                "via": null
              }
            ],
            "place": "Next to the parliament building (Verkhovna Rada), Kyiv",
            "region": "UA-30",
            "latitude": null,
            "longitude": null,
            "fallen": "debris of one drone",
            "damaged": null,
            "killed": 0,
            "injured": 0,
            "note": "Nobody hurt."
          },
          "meta": {
            "query": {
              "as_of": "latest"
            }
          }
        }
      }
    }
  },
  "recordDebrisSite": {
    "200": {
      "asked": "POST /barrages/xxa-xxb-2026-02-03/debris-sites",
      "body": {
        "application/json": {
          "source": "xxb-air-defence",
          "place": "Synthetic town, market square",
          "fallen": "debris of one drone",
          "killed": 0,
          "injured": 0
        }
      },
      "answer": {
        "application/json": {
          "data": {
            "id": "dbs_01J7AB3N5WQ4E2R8T6Y0K10005",
            "revision": 1,
            "recorded_at": "2026-12-08T09:30:49.000Z",
            "dataset_version": 6,
            "barrage_id": "xxa-xxb-2026-02-03",
            "attacker": "XXA",
            "defender": "XXB",
            "night": "2026-02-03",
            "source": "xxb-air-defence",
            "url": null,
            "via": null,
            "cited_by": [],
            "place": "Synthetic town, market square",
            "region": null,
            "latitude": null,
            "longitude": null,
            "fallen": "debris of one drone",
            "damaged": null,
            "killed": 0,
            "injured": 0,
            "note": null
          },
          "meta": {
            "query": {},
            "dataset_version": 6,
            "as_of": "2026-12-08T09:30:49.000Z",
            "generated_at": "2026-12-08T09:30:49.000Z"
          }
        }
      }
    },
    "201": {
      "asked": "POST /barrages/xxa-xxb-2026-02-03/debris-sites",
      "body": {
        "application/json": {
          "source": "xxb-air-defence",
          "place": "Synthetic town, market square",
          "fallen": "debris of one drone",
          "killed": 0,
          "injured": 0
        }
      },
      "answer": {
        "application/json": {
          "data": {
            "id": "dbs_01J7AB3N5WQ4E2R8T6Y0K10005",
            "revision": 1,
            "recorded_at": "2026-12-08T09:30:49.000Z",
            "dataset_version": 6,
            "barrage_id": "xxa-xxb-2026-02-03",
            "attacker": "XXA",
            "defender": "XXB",
            "night": "2026-02-03",
            "source": "xxb-air-defence",
            "url": null,
            "via": null,
            "cited_by": [],
            "place": "Synthetic town, market square",
            "region": null,
            "latitude": null,
            "longitude": null,
            "fallen": "debris of one drone",
            "damaged": null,
            "killed": 0,
            "injured": 0,
            "note": null
          },
          "meta": {
            "query": {},
            "dataset_version": 6,
            "as_of": "2026-12-08T09:30:49.000Z",
            "generated_at": "2026-12-08T09:30:49.000Z"
          }
        }
      }
    }
  },
  "correctDebrisSite": {
    "200": {
      "asked": "PATCH /debris-sites/dbs_01J7AB3N5WQ4E2R8T6Y0K10005",
      "body": {
        "application/merge-patch+json": {
          "injured": 1,
          "reason": "A second report."
        }
      },
      "answer": {
        "application/json": {
          "data": {
            "id": "dbs_01J7AB3N5WQ4E2R8T6Y0K10005",
            "revision": 2,
            "recorded_at": "2026-12-08T09:30:59.000Z",
            "dataset_version": 12,
            "barrage_id": "xxa-xxb-2026-02-03",
            "attacker": "XXA",
            "defender": "XXB",
            "night": "2026-02-03",
            "source": "xxb-air-defence",
            "url": null,
            "via": null,
            "cited_by": [],
            "place": "Synthetic town, market square",
            "region": null,
            "latitude": null,
            "longitude": null,
            "fallen": "debris of one drone",
            "damaged": null,
            "killed": 0,
            "injured": 1,
            "note": null
          },
          "meta": {
            "query": {},
            "dataset_version": 12,
            "as_of": "2026-12-08T09:30:59.000Z",
            "generated_at": "2026-12-08T09:30:59.000Z"
          }
        }
      }
    }
  },
  "listDebrisSiteRevisions": {
    "200": {
      "asked": "GET /debris-sites/dbs_01J7AB3N5WQ4E2R8T6Y0K10005/revisions",
      "answer": {
        "application/json": {
          "data": [
            {
              "revision": 1,
              "op": "created",
              "recorded_at": "2026-12-08T09:30:49.000Z",
              "dataset_version": 6,
              "actor": "key_01J7AB3N5WQ4E2R8T6Y0K10006",
              "reason": null,
              "changed": []
            },
            {
              "revision": 2,
              "op": "corrected",
              "recorded_at": "2026-12-08T09:30:59.000Z",
              "dataset_version": 12,
              "actor": "key_01J7AB3N5WQ4E2R8T6Y0K10006",
              "reason": "A second report.",
              "changed": [
                {
                  "field": "injured",
                  "old": 0,
                  "new": 1
                }
              ]
            }
          ],
          "meta": {
            "query": {
              "as_of": "latest"
            },
            "dataset_version": 13,
            "as_of": "2026-12-08T09:31:00.000Z",
            "generated_at": "2026-12-08T09:31:03.000Z"
          }
        }
      }
    }
  },
  "retractDebrisSite": {
    "204": {
      "asked": "DELETE /debris-sites/dbs_01J7AB3N5WQ4E2R8T6Y0K10005?reason=It lay there since the night before.",
      "answer": {}
    }
  }
};
