// Real answers of a new service, written by test/contract/examples.test.ts; as long as these are.
import type { Examples } from './example.js';

export const BARRAGE_EXAMPLES: Examples = {
  "listBarrages": {
    "200": {
      "asked": "GET /barrages?attacker=RUS&defender=UKR&from=2024-09-07&to=2024-09-07",
      "answer": {
        "application/json": {
          "data": [
            {
              "id": "rus-ukr-2024-09-07",
              "revision": 1,
              "recorded_at": "2026-12-08T09:30:00.000Z",
              "dataset_version": 2,
              "attacker": "RUS",
              "defender": "UKR",
              "night": "2024-09-07",
              "note": null,
              "totals": [
                {
                  "munition": "shahed-136-131",
                  "category": "uav",
                  "claims": 1,
                  "launched": 67,
                  "intercepted": 58,
                  "suppressed": 3,
                  "left_airspace": 6,
                  "still_airborne": null,
                  "unaccounted": 0,
                  "launched_all": 67,
                  "intercepted_all": 58,
                  "rates": {
                    "interception": 0.8656716417910447,
                    "neutralisation": 0.9104477611940298,
                    "non_penetration": 1
                  }
                }
              ]
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
              "include": [],
              "sort": "-night",
              "as_of": "latest",
              "limit": 50
            },
            "dataset_version": 3,
            "as_of": "2026-12-08T09:30:00.208Z",
            "generated_at": "2026-12-08T09:30:06.000Z"
          }
        },
        "text/csv": "id,revision,recorded_at,dataset_version,attacker,defender,night,note,totals,claims,debris_sites,sources,sides,conflicts\r\nrus-ukr-2024-09-07,1,2026-12-08T09:30:00.000Z,2,RUS,UKR,2024-09-07,,\"[{\"\"munition\"\":\"\"shahed-136-131\"\",\"\"category\"\":\"\"uav\"\",\"\"claims\"\":1,\"\"launched\"\":67,\"\"intercepted\"\":58,\"\"suppressed\"\":3,\"\"left_airspace\"\":6,\"\"still_airborne\"\":null,\"\"unaccounted\"\":0,\"\"launched_all\"\":67,\"\"intercepted_all\"\":58,\"\"rates\"\":{\"\"interception\"\":0.8656716417910447,\"\"neutralisation\"\":0.9104477611940298,\"\"non_penetration\"\":1}}]\",,,,,\r\n",
        "application/x-ndjson": "{\"id\":\"rus-ukr-2024-09-07\",\"revision\":1,\"recorded_at\":\"2026-12-08T09:30:00.000Z\",\"dataset_version\":2,\"attacker\":\"RUS\",\"defender\":\"UKR\",\"night\":\"2024-09-07\",\"note\":null,\"totals\":[{\"munition\":\"shahed-136-131\",\"category\":\"uav\",\"claims\":1,\"launched\":67,\"intercepted\":58,\"suppressed\":3,\"left_airspace\":6,\"still_airborne\":null,\"unaccounted\":0,\"launched_all\":67,\"intercepted_all\":58,\"rates\":{\"interception\":0.8656716417910447,\"neutralisation\":0.9104477611940298,\"non_penetration\":1}}]}\n"
      }
    }
  },
  "getBarrage": {
    "200": {
      "asked": "GET /barrages/rus-ukr-2024-09-07",
      "answer": {
        "application/json": {
          "data": {
            "id": "rus-ukr-2024-09-07",
            "revision": 1,
            "recorded_at": "2026-12-08T09:30:00.000Z",
            "dataset_version": 2,
            "attacker": "RUS",
            "defender": "UKR",
            "night": "2024-09-07",
            "note": null,
            "totals": [
              {
                "munition": "shahed-136-131",
                "category": "uav",
                "claims": 1,
                "launched": 67,
                "intercepted": 58,
                "suppressed": 3,
                "left_airspace": 6,
                "still_airborne": null,
                "unaccounted": 0,
                "launched_all": 67,
                "intercepted_all": 58,
                "rates": {
                  "interception": 0.8656716417910447,
                  "neutralisation": 0.9104477611940298,
                  "non_penetration": 1
                }
              }
            ],
            "claims": [
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
            "debris_sites": [
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
            "sources": [
              {
                "slug": "al-jazeera",
                "name": "Al Jazeera",
                "party": null,
                "kind": "media",
                "url": null,
                "note": null
              },
              {
                "slug": "ua-air-force",
                "name": "Air Force of the Armed Forces of Ukraine",
                "party": "UKR",
                "kind": "official",
                "url": null,
                "note": null
              },
              {
                "slug": "verkhovna-rada",
                "name": "Verkhovna Rada (parliament of Ukraine)",
                "party": "UKR",
                "kind": "official",
                "url": null,
                "note": null
              }
            ],
            "sides": [
              {
                "side": "defender",
                "totals": [
                  {
                    "munition": "shahed-136-131",
                    "category": "uav",
                    "claims": 1,
                    "launched": 67,
                    "intercepted": 58,
                    "suppressed": 3,
                    "left_airspace": 6,
                    "still_airborne": null,
                    "unaccounted": 0,
                    "launched_all": 67,
                    "intercepted_all": 58,
                    "rates": {
                      "interception": 0.8656716417910447,
                      "neutralisation": 0.9104477611940298,
                      "non_penetration": 1
                    }
                  }
                ],
                "claims": [
                  "clm_01J7AB3N5WQ4E2R8T6Y0K10001"
                ]
              }
            ],
            "conflicts": []
          },
          "meta": {
            "query": {
              "include": [
                "claims",
                "debris_sites",
                "sources",
                "sides",
                "conflicts"
              ],
              "as_of": "latest"
            },
            "dataset_version": 3,
            "as_of": "2026-12-08T09:30:00.208Z"
          }
        }
      }
    }
  },
  "recordBarrage": {
    "200": {
      "asked": "POST /barrages",
      "body": {
        "application/json": {
          "attacker": "RUS",
          "defender": "UKR",
          "night": "2024-09-07",
          "claims": [
            {
              "source": "ua-air-force",
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
              "launch_places": [
                "Chauda, Crimea",
                "Kursk oblast",
                "Yeysk"
              ]
            }
          ],
          "debris_sites": [
            {
              "source": "verkhovna-rada",
              "via": "Telegram",
              "cited_by": [
                {
                  "source": "al-jazeera",
                  "published": "2024-09-07"
                }
              ],
              "place": "Next to the parliament building (Verkhovna Rada), Kyiv",
              "region": "UA-30",
              "fallen": "debris of one drone",
              "killed": 0,
              "injured": 0,
              "note": "Nobody hurt."
            }
          ]
        }
      },
      "answer": {
        "application/json": {
          "data": {
            "id": "rus-ukr-2024-09-07",
            "revision": 1,
            "recorded_at": "2026-12-08T09:30:00.000Z",
            "dataset_version": 2,
            "attacker": "RUS",
            "defender": "UKR",
            "night": "2024-09-07",
            "note": null,
            "totals": [
              {
                "munition": "shahed-136-131",
                "category": "uav",
                "claims": 1,
                "launched": 67,
                "intercepted": 58,
                "suppressed": 3,
                "left_airspace": 6,
                "still_airborne": null,
                "unaccounted": 0,
                "launched_all": 67,
                "intercepted_all": 58,
                "rates": {
                  "interception": 0.8656716417910447,
                  "neutralisation": 0.9104477611940298,
                  "non_penetration": 1
                }
              }
            ],
            "claims": [
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
            "debris_sites": [
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
            "sources": [
              {
                "slug": "al-jazeera",
                "name": "Al Jazeera",
                "party": null,
                "kind": "media",
                "url": null,
                "note": null
              },
              {
                "slug": "ua-air-force",
                "name": "Air Force of the Armed Forces of Ukraine",
                "party": "UKR",
                "kind": "official",
                "url": null,
                "note": null
              },
              {
                "slug": "verkhovna-rada",
                "name": "Verkhovna Rada (parliament of Ukraine)",
                "party": "UKR",
                "kind": "official",
                "url": null,
                "note": null
              }
            ],
            "sides": [
              {
                "side": "defender",
                "totals": [
                  {
                    "munition": "shahed-136-131",
                    "category": "uav",
                    "claims": 1,
                    "launched": 67,
                    "intercepted": 58,
                    "suppressed": 3,
                    "left_airspace": 6,
                    "still_airborne": null,
                    "unaccounted": 0,
                    "launched_all": 67,
                    "intercepted_all": 58,
                    "rates": {
                      "interception": 0.8656716417910447,
                      "neutralisation": 0.9104477611940298,
                      "non_penetration": 1
                    }
                  }
                ],
                "claims": [
                  "clm_01J7AB3N5WQ4E2R8T6Y0K10001"
                ]
              }
            ],
            "conflicts": []
          },
          "meta": {
            "query": {},
            "dataset_version": 3,
            "as_of": "2026-12-08T09:30:00.208Z",
            "generated_at": "2026-12-08T09:30:00.208Z"
          }
        }
      }
    },
    "201": {
      "asked": "POST /barrages",
      "body": {
        "application/json": {
          "attacker": "XXA",
          "defender": "XXB",
          "claims": [
            {
              "source": "xxb-air-defence",
              "munition": "synthetic-uav",
              "window_start": "2026-02-02T18:00",
              "window_end": "2026-02-03T07:00",
              "timezone": "Etc/UTC",
              "launched": 40,
              "intercepted": 31,
              "suppressed": 6,
              "url": "https://example.org/xxb/bulletin-34"
            }
          ]
        }
      },
      "answer": {
        "application/json": {
          "data": {
            "id": "xxa-xxb-2026-02-03",
            "revision": 1,
            "recorded_at": "2026-12-08T09:30:46.000Z",
            "dataset_version": 4,
            "attacker": "XXA",
            "defender": "XXB",
            "night": "2026-02-03",
            "note": null,
            "totals": [
              {
                "munition": "synthetic-uav",
                "category": "uav",
                "claims": 1,
                "launched": 40,
                "intercepted": 31,
                "suppressed": 6,
                "left_airspace": null,
                "still_airborne": null,
                "unaccounted": 3,
                "launched_all": 40,
                "intercepted_all": 31,
                "rates": {
                  "interception": 0.775,
                  "neutralisation": 0.925,
                  "non_penetration": 0.925
                }
              }
            ],
            "claims": [
              {
                "id": "clm_01J7AB3N5WQ4E2R8T6Y0K10003",
                "revision": 1,
                "recorded_at": "2026-12-08T09:30:46.000Z",
                "dataset_version": 4,
                "barrage_id": "xxa-xxb-2026-02-03",
                "attacker": "XXA",
                "defender": "XXB",
                "night": "2026-02-03",
                "side": "defender",
                "source": "xxb-air-defence",
                "url": "https://example.org/xxb/bulletin-34",
                "cited_by": [],
                "munition": "synthetic-uav",
                "window_start": "2026-02-02T18:00",
                "window_end": "2026-02-03T07:00",
                "timezone": "Etc/UTC",
                "launched": 40,
                "intercepted": 31,
                "suppressed": 6,
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
                "flags": [
                  "mixed_definition"
                ],
                "origin": "client",
                "set_by_hand": [],
                "provenance": null
              }
            ],
            "debris_sites": [],
            "sources": [
              {
                "slug": "xxb-air-defence",
                "name": "Synthetic: air defence of XXB",
                "party": "XXB",
                "kind": "official",
                "url": null,
                "note": "Synthetic demonstration data of the invented parties XXA and XXB. Nothing here happened."
              }
            ],
            "sides": [
              {
                "side": "defender",
                "totals": [
                  {
                    "munition": "synthetic-uav",
                    "category": "uav",
                    "claims": 1,
                    "launched": 40,
                    "intercepted": 31,
                    "suppressed": 6,
                    "left_airspace": null,
                    "still_airborne": null,
                    "unaccounted": 3,
                    "launched_all": 40,
                    "intercepted_all": 31,
                    "rates": {
                      "interception": 0.775,
                      "neutralisation": 0.925,
                      "non_penetration": 0.925
                    }
                  }
                ],
                "claims": [
                  "clm_01J7AB3N5WQ4E2R8T6Y0K10003"
                ]
              }
            ],
            "conflicts": []
          },
          "meta": {
            "query": {},
            "dataset_version": 4,
            "as_of": "2026-12-08T09:30:46.000Z",
            "generated_at": "2026-12-08T09:30:46.000Z"
          }
        }
      }
    }
  },
  "recordBarrages": {
    "200": {
      "asked": "POST /barrages/batch?dry_run=true",
      "body": {
        "application/json": [
          {
            "attacker": "XXA",
            "defender": "XXB",
            "claims": [
              {
                "source": "xxb-air-defence",
                "munition": "synthetic-uav",
                "window_start": "2026-02-07T18:00",
                "window_end": "2026-02-08T07:00",
                "timezone": "Etc/UTC",
                "launched": 40,
                "intercepted": 31,
                "suppressed": 6,
                "url": "https://example.org/xxb/bulletin-38"
              }
            ]
          }
        ]
      },
      "answer": {
        "application/json": {
          "data": {
            "mode": "atomic",
            "dry_run": true,
            "results": [
              {
                "index": 0,
                "status": 201,
                "outcome": "created",
                "id": "xxa-xxb-2026-02-08",
                "location": "/barrages/xxa-xxb-2026-02-08"
              }
            ],
            "created": 1,
            "existing": 0,
            "failed": 0,
            "effect": [
              {
                "attacker": "XXA",
                "defender": "XXB",
                "before": {
                  "claims": 801,
                  "nights": 649,
                  "launched": 43267,
                  "intercepted": 28740,
                  "suppressed": 3703,
                  "left_airspace": null,
                  "rates": {
                    "interception": {
                      "measure": "interception",
                      "value": 0.6642475789862944,
                      "numerator": 28740,
                      "denominator": 43267,
                      "level": 0.95,
                      "wilson": [
                        0.6597833325314392,
                        0.6686826626012415
                      ],
                      "night_clustered": [
                        0.6519848332083347,
                        0.6765103247642541
                      ],
                      "nights": 649,
                      "claims": 801,
                      "dispersion": 6.105929769178315,
                      "comparable": false,
                      "claim_range": {
                        "low": 0.6642475789862944,
                        "high": 0.6642475789862944
                      },
                      "reason": null
                    },
                    "neutralisation": {
                      "measure": "neutralisation",
                      "value": 0.7498324358055793,
                      "numerator": 32443,
                      "denominator": 43267,
                      "level": 0.95,
                      "wilson": [
                        0.7457293705665246,
                        0.7538911422578916
                      ],
                      "night_clustered": [
                        0.7379565480271834,
                        0.7617083235839753
                      ],
                      "nights": 649,
                      "claims": 801,
                      "dispersion": 6.8220688422159395,
                      "comparable": false,
                      "claim_range": {
                        "low": 0.7498324358055793,
                        "high": 0.7498324358055793
                      },
                      "reason": null
                    },
                    "non_penetration": {
                      "measure": "non_penetration",
                      "value": 0.7498324358055793,
                      "numerator": 32443,
                      "denominator": 43267,
                      "level": 0.95,
                      "wilson": [
                        0.7457293705665246,
                        0.7538911422578916
                      ],
                      "night_clustered": [
                        0.7379565480271834,
                        0.7617083235839753
                      ],
                      "nights": 649,
                      "claims": 801,
                      "dispersion": 6.8220688422159395,
                      "comparable": false,
                      "claim_range": {
                        "low": 0.7498324358055793,
                        "high": 0.7498324358055793
                      },
                      "reason": null
                    }
                  }
                },
                "after": {
                  "claims": 802,
                  "nights": 650,
                  "launched": 43307,
                  "intercepted": 28771,
                  "suppressed": 3709,
                  "left_airspace": null,
                  "rates": {
                    "interception": {
                      "measure": "interception",
                      "value": 0.6643498741542938,
                      "numerator": 28771,
                      "denominator": 43307,
                      "level": 0.95,
                      "wilson": [
                        0.6598880224985126,
                        0.6687825717575335
                      ],
                      "night_clustered": [
                        0.6520969521901614,
                        0.6766027961184262
                      ],
                      "nights": 650,
                      "claims": 802,
                      "dispersion": 6.100827729851128,
                      "comparable": false,
                      "claim_range": {
                        "low": 0.6643498741542938,
                        "high": 0.6643498741542938
                      },
                      "reason": null
                    },
                    "neutralisation": {
                      "measure": "neutralisation",
                      "value": 0.7499942272611818,
                      "numerator": 32480,
                      "denominator": 43307,
                      "level": 0.95,
                      "wilson": [
                        0.7458939323337999,
                        0.7540501756694434
                      ],
                      "night_clustered": [
                        0.7381253726651708,
                        0.7618630818571929
                      ],
                      "nights": 650,
                      "claims": 802,
                      "dispersion": 6.824571506233386,
                      "comparable": false,
                      "claim_range": {
                        "low": 0.7499942272611818,
                        "high": 0.7499942272611818
                      },
                      "reason": null
                    },
                    "non_penetration": {
                      "measure": "non_penetration",
                      "value": 0.7499942272611818,
                      "numerator": 32480,
                      "denominator": 43307,
                      "level": 0.95,
                      "wilson": [
                        0.7458939323337999,
                        0.7540501756694434
                      ],
                      "night_clustered": [
                        0.7381253726651708,
                        0.7618630818571929
                      ],
                      "nights": 650,
                      "claims": 802,
                      "dispersion": 6.824571506233386,
                      "comparable": false,
                      "claim_range": {
                        "low": 0.7499942272611818,
                        "high": 0.7499942272611818
                      },
                      "reason": null
                    }
                  }
                }
              }
            ]
          },
          "meta": {
            "query": {
              "mode": "atomic",
              "dry_run": true
            },
            "dataset_version": 10,
            "as_of": "2026-12-08T09:30:56.000Z",
            "generated_at": "2026-12-08T09:30:56.000Z"
          }
        }
      }
    },
    "201": {
      "asked": "POST /barrages/batch",
      "body": {
        "application/json": [
          {
            "attacker": "XXA",
            "defender": "XXB",
            "claims": [
              {
                "source": "xxb-air-defence",
                "munition": "synthetic-uav",
                "window_start": "2026-02-05T18:00",
                "window_end": "2026-02-06T07:00",
                "timezone": "Etc/UTC",
                "launched": 40,
                "intercepted": 31,
                "suppressed": 6,
                "url": "https://example.org/xxb/bulletin-36"
              }
            ]
          },
          {
            "attacker": "XXA",
            "defender": "XXB",
            "claims": [
              {
                "source": "xxb-air-defence",
                "munition": "synthetic-uav",
                "window_start": "2026-02-06T18:00",
                "window_end": "2026-02-07T07:00",
                "timezone": "Etc/UTC",
                "launched": 40,
                "intercepted": 31,
                "suppressed": 6,
                "url": "https://example.org/xxb/bulletin-37"
              }
            ]
          }
        ]
      },
      "answer": {
        "application/json": {
          "data": {
            "mode": "atomic",
            "dry_run": false,
            "results": [
              {
                "index": 0,
                "status": 201,
                "outcome": "created",
                "id": "xxa-xxb-2026-02-06",
                "location": "/barrages/xxa-xxb-2026-02-06"
              },
              {
                "index": 1,
                "status": 201,
                "outcome": "created",
                "id": "xxa-xxb-2026-02-07",
                "location": "/barrages/xxa-xxb-2026-02-07"
              }
            ],
            "created": 2,
            "existing": 0,
            "failed": 0
          },
          "meta": {
            "query": {
              "mode": "atomic",
              "dry_run": false
            },
            "dataset_version": 10,
            "as_of": "2026-12-08T09:30:56.000Z",
            "generated_at": "2026-12-08T09:30:56.000Z"
          }
        }
      }
    },
    "207": {
      "asked": "POST /barrages/batch?mode=partial",
      "body": {
        "application/x-ndjson": [
          {
            "attacker": "XXA",
            "defender": "XXB",
            "claims": [
              {
                "source": "xxb-air-defence",
                "munition": "synthetic-uav",
                "window_start": "2026-02-03T18:00",
                "window_end": "2026-02-04T07:00",
                "timezone": "Etc/UTC",
                "launched": 40,
                "intercepted": 31,
                "suppressed": 6,
                "url": "https://example.org/xxb/bulletin-34"
              }
            ]
          },
          {
            "attacker": "RUS",
            "defender": "UKR",
            "night": "2024-09-07",
            "claims": [
              {
                "source": "ua-air-force",
                "munition": "shahed-136-131",
                "window_start": "2024-09-07",
                "window_end": "2024-09-07T08:00",
                "timezone": "Europe/Kyiv",
                "launched": 67,
                "intercepted": 57,
                "suppressed": 4,
                "left_airspace": 6,
                "left_airspace_to": {
                  "BLR": 6
                },
                "launch_places": [
                  "Chauda, Crimea",
                  "Kursk oblast",
                  "Yeysk"
                ]
              }
            ],
            "debris_sites": [
              {
                "source": "verkhovna-rada",
                "via": "Telegram",
                "cited_by": [
                  {
                    "source": "al-jazeera",
                    "published": "2024-09-07"
                  }
                ],
                "place": "Next to the parliament building (Verkhovna Rada), Kyiv",
                "region": "UA-30",
                "fallen": "debris of one drone",
                "killed": 0,
                "injured": 0,
                "note": "Nobody hurt."
              }
            ]
          }
        ]
      },
      "answer": {
        "application/json": {
          "data": {
            "mode": "partial",
            "dry_run": false,
            "results": [
              {
                "index": 0,
                "status": 201,
                "outcome": "created",
                "id": "xxa-xxb-2026-02-04",
                "location": "/barrages/xxa-xxb-2026-02-04"
              },
              {
                "index": 1,
                "status": 409,
                "outcome": "conflict",
                "id": "rus-ukr-2024-09-07",
                "location": null,
                "errors": [
                  {
                    "pointer": "/claims/0/intercepted",
                    "code": "differs",
                    "detail": "posted 57, recorded 58 in clm_01J7AB3N5WQ4E2R8T6Y0K10001"
                  },
                  {
                    "pointer": "/claims/0/suppressed",
                    "code": "differs",
                    "detail": "posted 4, recorded 3 in clm_01J7AB3N5WQ4E2R8T6Y0K10001"
                  }
                ]
              }
            ],
            "created": 1,
            "existing": 0,
            "failed": 1
          },
          "meta": {
            "query": {
              "mode": "partial",
              "dry_run": false
            },
            "dataset_version": 9,
            "as_of": "2026-12-08T09:30:55.000Z",
            "generated_at": "2026-12-08T09:30:55.000Z"
          }
        }
      }
    }
  },
  "correctBarrage": {
    "200": {
      "asked": "PATCH /barrages/xxa-xxb-2026-02-03",
      "body": {
        "application/merge-patch+json": {
          "note": "Two accounts of one night.",
          "reason": "A summary."
        }
      },
      "answer": {
        "application/json": {
          "data": {
            "id": "xxa-xxb-2026-02-03",
            "revision": 2,
            "recorded_at": "2026-12-08T09:31:00.000Z",
            "dataset_version": 13,
            "attacker": "XXA",
            "defender": "XXB",
            "night": "2026-02-03",
            "note": "Two accounts of one night.",
            "totals": [
              {
                "munition": "synthetic-uav",
                "category": "uav",
                "claims": 1,
                "launched": 40,
                "intercepted": 31,
                "suppressed": 6,
                "left_airspace": null,
                "still_airborne": null,
                "unaccounted": 3,
                "launched_all": 40,
                "intercepted_all": 31,
                "rates": {
                  "interception": 0.775,
                  "neutralisation": 0.925,
                  "non_penetration": 0.925
                }
              }
            ],
            "claims": [
              {
                "id": "clm_01J7AB3N5WQ4E2R8T6Y0K10003",
                "revision": 1,
                "recorded_at": "2026-12-08T09:30:46.000Z",
                "dataset_version": 4,
                "barrage_id": "xxa-xxb-2026-02-03",
                "attacker": "XXA",
                "defender": "XXB",
                "night": "2026-02-03",
                "side": "defender",
                "source": "xxb-air-defence",
                "url": "https://example.org/xxb/bulletin-34",
                "cited_by": [],
                "munition": "synthetic-uav",
                "window_start": "2026-02-02T18:00",
                "window_end": "2026-02-03T07:00",
                "timezone": "Etc/UTC",
                "launched": 40,
                "intercepted": 31,
                "suppressed": 6,
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
                "flags": [
                  "mixed_definition"
                ],
                "origin": "client",
                "set_by_hand": [],
                "provenance": null
              },
              {
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
              }
            ],
            "debris_sites": [
              {
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
              }
            ],
            "sources": [
              {
                "slug": "xxa-ministry",
                "name": "Synthetic: ministry of XXA",
                "party": "XXA",
                "kind": "official",
                "url": null,
                "note": "Synthetic demonstration data of the invented parties XXA and XXB. Nothing here happened."
              },
              {
                "slug": "xxb-air-defence",
                "name": "Synthetic: air defence of XXB",
                "party": "XXB",
                "kind": "official",
                "url": null,
                "note": "Synthetic demonstration data of the invented parties XXA and XXB. Nothing here happened."
              }
            ],
            "sides": [
              {
                "side": "defender",
                "totals": [
                  {
                    "munition": "synthetic-uav",
                    "category": "uav",
                    "claims": 1,
                    "launched": 40,
                    "intercepted": 31,
                    "suppressed": 6,
                    "left_airspace": null,
                    "still_airborne": null,
                    "unaccounted": 3,
                    "launched_all": 40,
                    "intercepted_all": 31,
                    "rates": {
                      "interception": 0.775,
                      "neutralisation": 0.925,
                      "non_penetration": 0.925
                    }
                  }
                ],
                "claims": [
                  "clm_01J7AB3N5WQ4E2R8T6Y0K10003"
                ]
              },
              {
                "side": "attacker",
                "totals": [
                  {
                    "munition": "synthetic-uav",
                    "category": "uav",
                    "claims": 1,
                    "launched": 40,
                    "intercepted": 33,
                    "suppressed": 4,
                    "left_airspace": null,
                    "still_airborne": null,
                    "unaccounted": 3,
                    "launched_all": 40,
                    "intercepted_all": 33,
                    "rates": {
                      "interception": 0.825,
                      "neutralisation": 0.925,
                      "non_penetration": 0.925
                    }
                  }
                ],
                "claims": [
                  "clm_01J7AB3N5WQ4E2R8T6Y0K10004"
                ]
              }
            ],
            "conflicts": [
              {
                "munition": "synthetic-uav",
                "field": "intercepted",
                "values": [
                  {
                    "value": 31,
                    "side": "defender",
                    "sources": [
                      "xxb-air-defence"
                    ],
                    "claims": [
                      "clm_01J7AB3N5WQ4E2R8T6Y0K10003"
                    ],
                    "quotation": null
                  },
                  {
                    "value": 33,
                    "side": "attacker",
                    "sources": [
                      "xxa-ministry"
                    ],
                    "claims": [
                      "clm_01J7AB3N5WQ4E2R8T6Y0K10004"
                    ],
                    "quotation": null
                  }
                ]
              },
              {
                "munition": "synthetic-uav",
                "field": "suppressed",
                "values": [
                  {
                    "value": 6,
                    "side": "defender",
                    "sources": [
                      "xxb-air-defence"
                    ],
                    "claims": [
                      "clm_01J7AB3N5WQ4E2R8T6Y0K10003"
                    ],
                    "quotation": null
                  },
                  {
                    "value": 4,
                    "side": "attacker",
                    "sources": [
                      "xxa-ministry"
                    ],
                    "claims": [
                      "clm_01J7AB3N5WQ4E2R8T6Y0K10004"
                    ],
                    "quotation": null
                  }
                ]
              }
            ]
          },
          "meta": {
            "query": {},
            "dataset_version": 13,
            "as_of": "2026-12-08T09:31:00.000Z",
            "generated_at": "2026-12-08T09:31:00.000Z"
          }
        }
      }
    }
  },
  "listBarrageRevisions": {
    "200": {
      "asked": "GET /barrages/xxa-xxb-2026-02-03/revisions",
      "answer": {
        "application/json": {
          "data": [
            {
              "revision": 1,
              "op": "created",
              "recorded_at": "2026-12-08T09:30:46.000Z",
              "dataset_version": 4,
              "actor": "key_01J7AB3N5WQ4E2R8T6Y0K10006",
              "reason": null,
              "changed": []
            },
            {
              "revision": 2,
              "op": "corrected",
              "recorded_at": "2026-12-08T09:31:00.000Z",
              "dataset_version": 13,
              "actor": "key_01J7AB3N5WQ4E2R8T6Y0K10006",
              "reason": "A summary.",
              "changed": [
                {
                  "field": "note",
                  "old": null,
                  "new": "Two accounts of one night."
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
            "generated_at": "2026-12-08T09:31:01.000Z"
          }
        }
      }
    }
  },
  "retractBarrage": {
    "204": {
      "asked": "DELETE /barrages/xxa-xxb-2026-02-03?reason=Invented for the documentation.",
      "answer": {}
    }
  }
};
