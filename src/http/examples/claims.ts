// Real answers of a new service, written by test/contract/examples.test.ts; as long as these are.
import type { Examples } from './example.js';

export const CLAIM_EXAMPLES: Examples = {
  "listClaims": {
    "200": {
      "asked": "GET /claims?source=ua-air-force&from=2024-09-07&to=2024-09-07",
      "answer": {
        "application/json": {
          "data": [
            {
              "id": "clm_01J7AB3N5WQ4E2R8T6Y0K10001",
              "revision": 1,
              "recorded_at": "2026-12-08T09:30:00.000Z",
              "dataset_version": 2,
              "barrage_id": "rus-ukr-2024-09-07",
              "attacker": "RUS",
              "defender": "UKR",
              "night": "2024-09-07",
              "side": "defender",
              "source": "ua-air-force",
              "url": null,
              "cited_by": [],
              "munition": "shahed-136-131",
              "window_start": "2024-09-07",
              "window_end": "2024-09-07T08:00",
              "timezone": "Europe/Kyiv",
              "launched": 67,
              "intercepted": 58,
              "suppressed": 3,
              "left_airspace": 6,
              "left_airspace_to": {
                "BLR": 6
              },
              "still_airborne": null,
              "strike_uav_min": null,
              "hit_locations": null,
              "debris_locations": null,
              "turbojet": null,
              "turbojet_intercepted": null,
              "launch_places": [
                "Chauda, Crimea",
                "Kursk oblast",
                "Yeysk"
              ],
              "target": null,
              "target_main": null,
              "carriers": null,
              "affected_regions": [],
              "intercepted_by_place": null,
              "launched_by_munition": null,
              "launch_places_by_munition": null,
              "scope": "national",
              "basis": "barrage",
              "alternative_to": null,
              "independent_of": [],
              "assertion": null,
              "quotation": null,
              "note": null,
              "regions": [],
              "flags": [],
              "origin": "client",
              "set_by_hand": [],
              "provenance": null
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
              "source": [
                "ua-air-force"
              ],
              "sort": "-night",
              "as_of": "latest",
              "limit": 50
            },
            "dataset_version": 3,
            "as_of": "2026-12-08T09:30:00.208Z",
            "generated_at": "2026-12-08T09:30:41.000Z"
          }
        },
        "text/csv": "id,revision,recorded_at,dataset_version,barrage_id,attacker,defender,night,side,source,url,cited_by,munition,window_start,window_end,timezone,launched,intercepted,suppressed,left_airspace,left_airspace_to,still_airborne,strike_uav_min,hit_locations,debris_locations,turbojet,turbojet_intercepted,launch_places,target,target_main,carriers,affected_regions,intercepted_by_place,launched_by_munition,launch_places_by_munition,scope,basis,alternative_to,independent_of,assertion,quotation,note,regions,flags,origin,set_by_hand,provenance.importer,provenance.file_name,provenance.sha256,provenance.published,provenance.line\r\nclm_01J7AB3N5WQ4E2R8T6Y0K10001,1,2026-12-08T09:30:00.000Z,2,rus-ukr-2024-09-07,RUS,UKR,2024-09-07,defender,ua-air-force,,,shahed-136-131,2024-09-07,2024-09-07T08:00,Europe/Kyiv,67,58,3,6,\"{\"\"BLR\"\":6}\",,,,,,,\"[\"\"Chauda, Crimea\"\",\"\"Kursk oblast\"\",\"\"Yeysk\"\"]\",,,,,,,,national,barrage,,,,,,,,client,,,,,,\r\n",
        "application/x-ndjson": "{\"id\":\"clm_01J7AB3N5WQ4E2R8T6Y0K10001\",\"revision\":1,\"recorded_at\":\"2026-12-08T09:30:00.000Z\",\"dataset_version\":2,\"barrage_id\":\"rus-ukr-2024-09-07\",\"attacker\":\"RUS\",\"defender\":\"UKR\",\"night\":\"2024-09-07\",\"side\":\"defender\",\"source\":\"ua-air-force\",\"url\":null,\"cited_by\":[],\"munition\":\"shahed-136-131\",\"window_start\":\"2024-09-07\",\"window_end\":\"2024-09-07T08:00\",\"timezone\":\"Europe/Kyiv\",\"launched\":67,\"intercepted\":58,\"suppressed\":3,\"left_airspace\":6,\"left_airspace_to\":{\"BLR\":6},\"still_airborne\":null,\"strike_uav_min\":null,\"hit_locations\":null,\"debris_locations\":null,\"turbojet\":null,\"turbojet_intercepted\":null,\"launch_places\":[\"Chauda, Crimea\",\"Kursk oblast\",\"Yeysk\"],\"target\":null,\"target_main\":null,\"carriers\":null,\"affected_regions\":[],\"intercepted_by_place\":null,\"launched_by_munition\":null,\"launch_places_by_munition\":null,\"scope\":\"national\",\"basis\":\"barrage\",\"alternative_to\":null,\"independent_of\":[],\"assertion\":null,\"quotation\":null,\"note\":null,\"regions\":[],\"flags\":[],\"origin\":\"client\",\"set_by_hand\":[],\"provenance\":null}\n"
      }
    }
  },
  "getClaim": {
    "200": {
      "asked": "GET /claims/clm_01J7AB3N5WQ4E2R8T6Y0K10001",
      "answer": {
        "application/json": {
          "data": {
            "id": "clm_01J7AB3N5WQ4E2R8T6Y0K10001",
            "revision": 1,
            "recorded_at": "2026-12-08T09:30:00.000Z",
            "dataset_version": 2,
            "barrage_id": "rus-ukr-2024-09-07",
            "attacker": "RUS",
            "defender": "UKR",
            "night": "2024-09-07",
            "side": "defender",
            "source": "ua-air-force",
            "url": null,
            "cited_by": [],
            "munition": "shahed-136-131",
            "window_start": "2024-09-07",
            "window_end": "2024-09-07T08:00",
            "timezone": "Europe/Kyiv",
            "launched": 67,
            "intercepted": 58,
            "suppressed": 3,
            "left_airspace": 6,
            "left_airspace_to": {
              "BLR": 6
            },
            "still_airborne": null,
            "strike_uav_min": null,
            "hit_locations": null,
            "debris_locations": null,
            "turbojet": null,
            "turbojet_intercepted": null,
            "launch_places": [
              "Chauda, Crimea",
              "Kursk oblast",
              "Yeysk"
            ],
            "target": null,
            "target_main": null,
            "carriers": null,
            "affected_regions": [],
            "intercepted_by_place": null,
            "launched_by_munition": null,
            "launch_places_by_munition": null,
            "scope": "national",
            "basis": "barrage",
            "alternative_to": null,
            "independent_of": [],
            "assertion": null,
            "quotation": null,
            "note": null,
            "regions": [],
            "flags": [],
            "origin": "client",
            "set_by_hand": [],
            "provenance": null
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
  "recordClaim": {
    "200": {
      "asked": "POST /barrages/xxa-xxb-2026-02-03/claims",
      "body": {
        "application/json": {
          "source": "xxa-ministry",
          "munition": "synthetic-uav",
          "window_start": "2026-02-02T18:00",
          "window_end": "2026-02-03T07:00",
          "timezone": "Etc/UTC",
          "launched": 40,
          "intercepted": 12,
          "suppressed": null,
          "url": null
        }
      },
      "answer": {
        "application/json": {
          "data": {
            "id": "clm_01J7AB3N5WQ4E2R8T6Y0K10004",
            "revision": 1,
            "recorded_at": "2026-12-08T09:30:47.000Z",
            "dataset_version": 5,
            "barrage_id": "xxa-xxb-2026-02-03",
            "attacker": "XXA",
            "defender": "XXB",
            "night": "2026-02-03",
            "side": "attacker",
            "source": "xxa-ministry",
            "url": null,
            "cited_by": [],
            "munition": "synthetic-uav",
            "window_start": "2026-02-02T18:00",
            "window_end": "2026-02-03T07:00",
            "timezone": "Etc/UTC",
            "launched": 40,
            "intercepted": 12,
            "suppressed": null,
            "left_airspace": null,
            "left_airspace_to": null,
            "still_airborne": null,
            "strike_uav_min": null,
            "hit_locations": null,
            "debris_locations": null,
            "turbojet": null,
            "turbojet_intercepted": null,
            "launch_places": [],
            "target": null,
            "target_main": null,
            "carriers": null,
            "affected_regions": [],
            "intercepted_by_place": null,
            "launched_by_munition": null,
            "launch_places_by_munition": null,
            "scope": "national",
            "basis": "barrage",
            "alternative_to": null,
            "independent_of": [],
            "assertion": null,
            "quotation": null,
            "note": null,
            "regions": [],
            "flags": [],
            "origin": "client",
            "set_by_hand": [],
            "provenance": null
          },
          "meta": {
            "query": {},
            "dataset_version": 5,
            "as_of": "2026-12-08T09:30:47.000Z",
            "generated_at": "2026-12-08T09:30:47.000Z"
          }
        }
      }
    },
    "201": {
      "asked": "POST /barrages/xxa-xxb-2026-02-03/claims",
      "body": {
        "application/json": {
          "source": "xxa-ministry",
          "munition": "synthetic-uav",
          "window_start": "2026-02-02T18:00",
          "window_end": "2026-02-03T07:00",
          "timezone": "Etc/UTC",
          "launched": 40,
          "intercepted": 12,
          "suppressed": null,
          "url": null
        }
      },
      "answer": {
        "application/json": {
          "data": {
            "id": "clm_01J7AB3N5WQ4E2R8T6Y0K10004",
            "revision": 1,
            "recorded_at": "2026-12-08T09:30:47.000Z",
            "dataset_version": 5,
            "barrage_id": "xxa-xxb-2026-02-03",
            "attacker": "XXA",
            "defender": "XXB",
            "night": "2026-02-03",
            "side": "attacker",
            "source": "xxa-ministry",
            "url": null,
            "cited_by": [],
            "munition": "synthetic-uav",
            "window_start": "2026-02-02T18:00",
            "window_end": "2026-02-03T07:00",
            "timezone": "Etc/UTC",
            "launched": 40,
            "intercepted": 12,
            "suppressed": null,
            "left_airspace": null,
            "left_airspace_to": null,
            "still_airborne": null,
            "strike_uav_min": null,
            "hit_locations": null,
            "debris_locations": null,
            "turbojet": null,
            "turbojet_intercepted": null,
            "launch_places": [],
            "target": null,
            "target_main": null,
            "carriers": null,
            "affected_regions": [],
            "intercepted_by_place": null,
            "launched_by_munition": null,
            "launch_places_by_munition": null,
            "scope": "national",
            "basis": "barrage",
            "alternative_to": null,
            "independent_of": [],
            "assertion": null,
            "quotation": null,
            "note": null,
            "regions": [],
            "flags": [],
            "origin": "client",
            "set_by_hand": [],
            "provenance": null
          },
          "meta": {
            "query": {},
            "dataset_version": 5,
            "as_of": "2026-12-08T09:30:47.000Z",
            "generated_at": "2026-12-08T09:30:47.000Z"
          }
        }
      }
    }
  },
  "correctClaim": {
    "200": {
      "asked": "PATCH /claims/clm_01J7AB3N5WQ4E2R8T6Y0K10004",
      "body": {
        "application/merge-patch+json": {
          "intercepted": 33,
          "suppressed": 4,
          "reason": "Corrected by the source, bulletin 34a."
        }
      },
      "answer": {
        "application/json": {
          "data": {
            "id": "clm_01J7AB3N5WQ4E2R8T6Y0K10004",
            "revision": 2,
            "recorded_at": "2026-12-08T09:30:58.000Z",
            "dataset_version": 11,
            "barrage_id": "xxa-xxb-2026-02-03",
            "attacker": "XXA",
            "defender": "XXB",
            "night": "2026-02-03",
            "side": "attacker",
            "source": "xxa-ministry",
            "url": null,
            "cited_by": [],
            "munition": "synthetic-uav",
            "window_start": "2026-02-02T18:00",
            "window_end": "2026-02-03T07:00",
            "timezone": "Etc/UTC",
            "launched": 40,
            "intercepted": 33,
            "suppressed": 4,
            "left_airspace": null,
            "left_airspace_to": null,
            "still_airborne": null,
            "strike_uav_min": null,
            "hit_locations": null,
            "debris_locations": null,
            "turbojet": null,
            "turbojet_intercepted": null,
            "launch_places": [],
            "target": null,
            "target_main": null,
            "carriers": null,
            "affected_regions": [],
            "intercepted_by_place": null,
            "launched_by_munition": null,
            "launch_places_by_munition": null,
            "scope": "national",
            "basis": "barrage",
            "alternative_to": null,
            "independent_of": [],
            "assertion": null,
            "quotation": null,
            "note": null,
            "regions": [],
            "flags": [],
            "origin": "client",
            "set_by_hand": [],
            "provenance": null
          },
          "meta": {
            "query": {},
            "dataset_version": 11,
            "as_of": "2026-12-08T09:30:58.000Z",
            "generated_at": "2026-12-08T09:30:58.000Z"
          }
        }
      }
    }
  },
  "listClaimRevisions": {
    "200": {
      "asked": "GET /claims/clm_01J7AB3N5WQ4E2R8T6Y0K10004/revisions",
      "answer": {
        "application/json": {
          "data": [
            {
              "revision": 1,
              "op": "created",
              "recorded_at": "2026-12-08T09:30:47.000Z",
              "dataset_version": 5,
              "actor": "key_01J7AB3N5WQ4E2R8T6Y0K10006",
              "reason": null,
              "changed": []
            },
            {
              "revision": 2,
              "op": "corrected",
              "recorded_at": "2026-12-08T09:30:58.000Z",
              "dataset_version": 11,
              "actor": "key_01J7AB3N5WQ4E2R8T6Y0K10006",
              "reason": "Corrected by the source, bulletin 34a.",
              "changed": [
                {
                  "field": "intercepted",
                  "old": 12,
                  "new": 33
                },
                {
                  "field": "suppressed",
                  "old": null,
                  "new": 4
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
            "generated_at": "2026-12-08T09:31:02.000Z"
          }
        }
      }
    }
  },
  "retractClaim": {
    "204": {
      "asked": "DELETE /claims/clm_01J7AB3N5WQ4E2R8T6Y0K10004?reason=Withdrawn by the source.",
      "answer": {}
    }
  }
};
