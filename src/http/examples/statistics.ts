// Real answers of a new service, written by test/contract/examples.test.ts; as long as these are.
import type { Examples } from './example.js';

export const STATISTICS_EXAMPLES: Examples = {
  "getStats": {
    "200": {
      "asked": "GET /stats?from=2024-09-07&to=2024-09-07",
      "answer": {
        "text/csv": "launched,intercepted,suppressed,left_airspace,still_airborne,unaccounted,launched_all,intercepted_all,suppressed_claims,suppressed_reported_share,hit_locations,hit_location_claims,debris_locations,debris_location_claims,nights,claims,rates.interception.measure,rates.interception.value,rates.interception.numerator,rates.interception.denominator,rates.interception.level,rates.interception.wilson,rates.interception.night_clustered,rates.interception.nights,rates.interception.claims,rates.interception.dispersion,rates.interception.comparable,rates.interception.claim_range.low,rates.interception.claim_range.high,rates.interception.reason,rates.neutralisation.measure,rates.neutralisation.value,rates.neutralisation.numerator,rates.neutralisation.denominator,rates.neutralisation.level,rates.neutralisation.wilson,rates.neutralisation.night_clustered,rates.neutralisation.nights,rates.neutralisation.claims,rates.neutralisation.dispersion,rates.neutralisation.comparable,rates.neutralisation.claim_range.low,rates.neutralisation.claim_range.high,rates.neutralisation.reason,rates.non_penetration.measure,rates.non_penetration.value,rates.non_penetration.numerator,rates.non_penetration.denominator,rates.non_penetration.level,rates.non_penetration.wilson,rates.non_penetration.night_clustered,rates.non_penetration.nights,rates.non_penetration.claims,rates.non_penetration.dispersion,rates.non_penetration.comparable,rates.non_penetration.claim_range.low,rates.non_penetration.claim_range.high,rates.non_penetration.reason,claim_range.low,claim_range.high,excluded.other_side,excluded.alternative,excluded.repetition,excluded.assertion,excluded.national,excluded.regional,excluded.other_scope,excluded.barrage,excluded.tally,excluded.launched_unknown,excluded.outcome_unknown,flagged,warnings,breaks\r\n67,58,3,6,,0,67,58,1,1,,0,,0,1,1,interception,0.8656716417910447,58,67,0.95,\"[0.7639962773866295,0.9276890833570451]\",,1,1,,true,0.8656716417910447,0.8656716417910447,,neutralisation,0.9104477611940298,61,67,0.95,\"[0.8180724780033379,0.9583090493620113]\",,1,1,,true,0.9104477611940298,0.9104477611940298,,non_penetration,1,67,67,0.95,\"[0.9457738606086982,1]\",,1,1,,true,1,1,,0.8656716417910447,0.8656716417910447,0,0,0,0,0,0,0,0,0,0,0,{},,\r\n",
        "application/x-ndjson": "{\"launched\":67,\"intercepted\":58,\"suppressed\":3,\"left_airspace\":6,\"still_airborne\":null,\"unaccounted\":0,\"launched_all\":67,\"intercepted_all\":58,\"suppressed_claims\":1,\"suppressed_reported_share\":1,\"hit_locations\":null,\"hit_location_claims\":0,\"debris_locations\":null,\"debris_location_claims\":0,\"nights\":1,\"claims\":1,\"rates\":{\"interception\":{\"measure\":\"interception\",\"value\":0.8656716417910447,\"numerator\":58,\"denominator\":67,\"level\":0.95,\"wilson\":[0.7639962773866295,0.9276890833570451],\"night_clustered\":null,\"nights\":1,\"claims\":1,\"dispersion\":null,\"comparable\":true,\"claim_range\":{\"low\":0.8656716417910447,\"high\":0.8656716417910447},\"reason\":null},\"neutralisation\":{\"measure\":\"neutralisation\",\"value\":0.9104477611940298,\"numerator\":61,\"denominator\":67,\"level\":0.95,\"wilson\":[0.8180724780033379,0.9583090493620113],\"night_clustered\":null,\"nights\":1,\"claims\":1,\"dispersion\":null,\"comparable\":true,\"claim_range\":{\"low\":0.9104477611940298,\"high\":0.9104477611940298},\"reason\":null},\"non_penetration\":{\"measure\":\"non_penetration\",\"value\":1,\"numerator\":67,\"denominator\":67,\"level\":0.95,\"wilson\":[0.9457738606086982,1],\"night_clustered\":null,\"nights\":1,\"claims\":1,\"dispersion\":null,\"comparable\":true,\"claim_range\":{\"low\":1,\"high\":1},\"reason\":null}},\"claim_range\":{\"low\":0.8656716417910447,\"high\":0.8656716417910447},\"excluded\":{\"other_side\":0,\"alternative\":0,\"repetition\":0,\"assertion\":0,\"national\":0,\"regional\":0,\"other_scope\":0,\"barrage\":0,\"tally\":0,\"launched_unknown\":0,\"outcome_unknown\":0},\"flagged\":{},\"warnings\":[],\"breaks\":[]}\n",
        "application/json": {
          "data": {
            "launched": 67,
            "intercepted": 58,
            "suppressed": 3,
            "left_airspace": 6,
            "still_airborne": null,
            "unaccounted": 0,
            "launched_all": 67,
            "intercepted_all": 58,
            "suppressed_claims": 1,
            "suppressed_reported_share": 1,
            "hit_locations": null,
            "hit_location_claims": 0,
            "debris_locations": null,
            "debris_location_claims": 0,
            "nights": 1,
            "claims": 1,
            "rates": {
              "interception": {
                "measure": "interception",
                "value": 0.8656716417910447,
                "numerator": 58,
                "denominator": 67,
                "level": 0.95,
                "wilson": [
                  0.7639962773866295,
                  0.9276890833570451
                ],
                "night_clustered": null,
                "nights": 1,
                "claims": 1,
                "dispersion": null,
                "comparable": true,
                "claim_range": {
                  "low": 0.8656716417910447,
                  "high": 0.8656716417910447
                },
                "reason": null
              },
              "neutralisation": {
                "measure": "neutralisation",
                "value": 0.9104477611940298,
                "numerator": 61,
                "denominator": 67,
                "level": 0.95,
                "wilson": [
                  0.8180724780033379,
                  0.9583090493620113
                ],
                "night_clustered": null,
                "nights": 1,
                "claims": 1,
                "dispersion": null,
                "comparable": true,
                "claim_range": {
                  "low": 0.9104477611940298,
                  "high": 0.9104477611940298
                },
                "reason": null
              },
              "non_penetration": {
                "measure": "non_penetration",
                "value": 1,
                "numerator": 67,
                "denominator": 67,
                "level": 0.95,
                "wilson": [
                  0.9457738606086982,
                  1
                ],
                "night_clustered": null,
                "nights": 1,
                "claims": 1,
                "dispersion": null,
                "comparable": true,
                "claim_range": {
                  "low": 1,
                  "high": 1
                },
                "reason": null
              }
            },
            "claim_range": {
              "low": 0.8656716417910447,
              "high": 0.8656716417910447
            },
            "excluded": {
              "other_side": 0,
              "alternative": 0,
              "repetition": 0,
              "assertion": 0,
              "national": 0,
              "regional": 0,
              "other_scope": 0,
              "barrage": 0,
              "tally": 0,
              "launched_unknown": 0,
              "outcome_unknown": 0
            },
            "flagged": {},
            "warnings": [],
            "breaks": []
          },
          "meta": {
            "query": {
              "attacker": "RUS",
              "defender": "UKR",
              "from": "2024-09-07",
              "to": "2024-09-07",
              "side": "defender",
              "scope": [
                "national"
              ],
              "basis": [
                "barrage"
              ],
              "as_of": "latest"
            },
            "dataset_version": 3,
            "as_of": "2026-12-08T09:30:00.208Z",
            "generated_at": "2026-12-08T09:30:26.000Z",
            "method_version": 1,
            "citation": {
              "text": "barrage-stats, dataset version 3 of 2026-12-08, method version 1: claims by the defender, RUS against UKR. /stats?as_of=3&attacker=RUS&basis=barrage&defender=UKR&from=2024-09-07&scope=national&side=defender&to=2024-09-07",
              "permalink": "/stats?as_of=3&attacker=RUS&basis=barrage&defender=UKR&from=2024-09-07&scope=national&side=defender&to=2024-09-07",
              "digest": "sha-256=:zQoHZvR6NM8WkrXLX3e7Rr9AQ5kooLF3UHfiNAqdiQU=:"
            },
            "licence": "Every number is a claim by the named party. Attribute the sources of the claims; the terms of imported data are its publisher’s."
          }
        }
      }
    }
  },
  "getSeries": {
    "200": {
      "asked": "GET /stats/series?from=2024-09-07&to=2024-09-07",
      "answer": {
        "text/csv": "bucket,from,to,launched,intercepted,suppressed,nights,claims,rate.measure,rate.value,rate.numerator,rate.denominator,rate.level,rate.wilson,rate.night_clustered,rate.nights,rate.claims,rate.dispersion,rate.comparable,rate.claim_range.low,rate.claim_range.high,rate.reason,rolling.from,rolling.to,rolling.value,rolling.numerator,rolling.denominator,rolling.wilson,ewma.of_counts,ewma.of_rates,era,status\r\n2024-09-07,2024-09-07,2024-09-07,67,58,3,1,1,interception,0.8656716417910447,58,67,0.95,\"[0.7639962773866295,0.9276890833570451]\",,1,1,,true,0.8656716417910447,0.8656716417910447,,,,,,,,,,B,final\r\n",
        "application/x-ndjson": "{\"bucket\":\"2024-09-07\",\"from\":\"2024-09-07\",\"to\":\"2024-09-07\",\"launched\":67,\"intercepted\":58,\"suppressed\":3,\"nights\":1,\"claims\":1,\"rate\":{\"measure\":\"interception\",\"value\":0.8656716417910447,\"numerator\":58,\"denominator\":67,\"level\":0.95,\"wilson\":[0.7639962773866295,0.9276890833570451],\"night_clustered\":null,\"nights\":1,\"claims\":1,\"dispersion\":null,\"comparable\":true,\"claim_range\":{\"low\":0.8656716417910447,\"high\":0.8656716417910447},\"reason\":null},\"rolling\":null,\"ewma\":null,\"era\":\"B\",\"status\":\"final\"}\n",
        "application/json": {
          "data": {
            "bucket": "month",
            "measure": "interception",
            "points": [
              {
                "bucket": "2024-09",
                "from": "2024-09-01",
                "to": "2024-09-30",
                "launched": 67,
                "intercepted": 58,
                "suppressed": 3,
                "nights": 1,
                "claims": 1,
                "rate": {
                  "measure": "interception",
                  "value": 0.8656716417910447,
                  "numerator": 58,
                  "denominator": 67,
                  "level": 0.95,
                  "wilson": [
                    0.7639962773866295,
                    0.9276890833570451
                  ],
                  "night_clustered": null,
                  "nights": 1,
                  "claims": 1,
                  "dispersion": null,
                  "comparable": true,
                  "claim_range": {
                    "low": 0.8656716417910447,
                    "high": 0.8656716417910447
                  },
                  "reason": null
                },
                "rolling": {
                  "from": "2024-09-07",
                  "to": "2024-09-07",
                  "value": 0.8656716417910447,
                  "numerator": 58,
                  "denominator": 67,
                  "wilson": [
                    0.7639962773866295,
                    0.9276890833570451
                  ]
                },
                "ewma": null,
                "era": "B",
                "status": "final"
              }
            ],
            "breaks": [],
            "excluded": {
              "other_side": 0,
              "alternative": 0,
              "repetition": 0,
              "assertion": 0,
              "national": 0,
              "regional": 0,
              "other_scope": 0,
              "barrage": 0,
              "tally": 0,
              "launched_unknown": 0,
              "outcome_unknown": 0
            },
            "flagged": {},
            "warnings": []
          },
          "meta": {
            "query": {
              "attacker": "RUS",
              "defender": "UKR",
              "from": "2024-09-07",
              "to": "2024-09-07",
              "side": "defender",
              "scope": [
                "national"
              ],
              "basis": [
                "barrage"
              ],
              "as_of": "latest",
              "bucket": "month",
              "measure": "interception",
              "rolling": 30,
              "fill": "none"
            },
            "dataset_version": 3,
            "as_of": "2026-12-08T09:30:00.208Z",
            "generated_at": "2026-12-08T09:30:27.000Z",
            "method_version": 1,
            "citation": {
              "text": "barrage-stats, dataset version 3 of 2026-12-08, method version 1: claims by the defender, RUS against UKR. /stats/series?as_of=3&attacker=RUS&basis=barrage&bucket=month&defender=UKR&fill=none&from=2024-09-07&measure=interception&rolling=30&scope=national&side=defender&to=2024-09-07",
              "permalink": "/stats/series?as_of=3&attacker=RUS&basis=barrage&bucket=month&defender=UKR&fill=none&from=2024-09-07&measure=interception&rolling=30&scope=national&side=defender&to=2024-09-07",
              "digest": "sha-256=:UE/KwN9M61FlgS2h2NAYyG6SdJLHgP8QYb5w1LBwsW0=:"
            },
            "licence": "Every number is a claim by the named party. Attribute the sources of the claims; the terms of imported data are its publisher’s."
          }
        }
      }
    }
  },
  "getTrend": {
    "200": {
      "asked": "GET /stats/trend?from=2024-09-07&to=2024-09-07",
      "answer": {
        "application/json": {
          "data": {
            "measure": "interception",
            "comparable": true,
            "warning": null,
            "reading": "Claimed interception; whole window: too few complete months for a trend.",
            "breaks": [],
            "months": [],
            "whole": {
              "label": "whole window",
              "trend": null,
              "launched_trend": null,
              "logistic": {
                "origin": "2022-10-01",
                "nights_dropped": [],
                "fit": null
              },
              "dispersion": {
                "nights": 1,
                "pearson": null,
                "beta_binomial": {
                  "mu": 0.8656716417910447,
                  "rho": 0,
                  "alpha": null,
                  "beta": null,
                  "log_likelihood": -1.9548744751474318
                },
                "wilson_effective": null
              }
            },
            "eras": [
              {
                "label": "era B",
                "trend": null,
                "launched_trend": null,
                "logistic": {
                  "origin": "2022-10-01",
                  "nights_dropped": [],
                  "fit": null
                },
                "dispersion": {
                  "nights": 1,
                  "pearson": null,
                  "beta_binomial": {
                    "mu": 0.8656716417910447,
                    "rho": 0,
                    "alpha": null,
                    "beta": null,
                    "log_likelihood": -1.9548744751474318
                  },
                  "wilson_effective": null
                }
              }
            ],
            "comparable_stretches": [
              {
                "label": "era B",
                "trend": null,
                "launched_trend": null,
                "logistic": {
                  "origin": "2022-10-01",
                  "nights_dropped": [],
                  "fit": null
                },
                "dispersion": {
                  "nights": 1,
                  "pearson": null,
                  "beta_binomial": {
                    "mu": 0.8656716417910447,
                    "rho": 0,
                    "alpha": null,
                    "beta": null,
                    "log_likelihood": -1.9548744751474318
                  },
                  "wilson_effective": null
                }
              }
            ],
            "dispersion_within_months": null,
            "change_points": {
              "nightly": {
                "points": 1,
                "penalty": 0,
                "min_segment": 14,
                "phi": null,
                "new_segments_start": [],
                "segments": [],
                "cost": null,
                "best_single_split": null
              },
              "monthly": {
                "points": 0,
                "penalty": 0,
                "min_segment": 1,
                "phi": null,
                "new_segments_start": [],
                "segments": [],
                "cost": null,
                "best_single_split": null
              }
            },
            "seasonal": [
              {
                "month_of_year": "09",
                "nights": 1,
                "launched": 67,
                "launched_per_night": 67,
                "rate": {
                  "measure": "interception",
                  "value": 0.8656716417910447,
                  "numerator": 58,
                  "denominator": 67,
                  "level": 0.95,
                  "wilson": [
                    0.7639962773866295,
                    0.9276890833570451
                  ],
                  "night_clustered": null,
                  "nights": 1,
                  "claims": 1,
                  "dispersion": null,
                  "comparable": true,
                  "claim_range": {
                    "low": 0.8656716417910447,
                    "high": 0.8656716417910447
                  },
                  "reason": null
                }
              }
            ],
            "excluded": {
              "other_side": 0,
              "alternative": 0,
              "repetition": 0,
              "assertion": 0,
              "national": 0,
              "regional": 0,
              "other_scope": 0,
              "barrage": 0,
              "tally": 0,
              "launched_unknown": 0,
              "outcome_unknown": 0
            },
            "flagged": {},
            "warnings": []
          },
          "meta": {
            "query": {
              "attacker": "RUS",
              "defender": "UKR",
              "from": "2024-09-07",
              "to": "2024-09-07",
              "side": "defender",
              "scope": [
                "national"
              ],
              "basis": [
                "barrage"
              ],
              "as_of": "latest",
              "measure": "interception"
            },
            "dataset_version": 3,
            "as_of": "2026-12-08T09:30:00.208Z",
            "generated_at": "2026-12-08T09:30:28.000Z",
            "method_version": 1,
            "citation": {
              "text": "barrage-stats, dataset version 3 of 2026-12-08, method version 1: claims by the defender, RUS against UKR. /stats/trend?as_of=3&attacker=RUS&basis=barrage&defender=UKR&from=2024-09-07&measure=interception&scope=national&side=defender&to=2024-09-07",
              "permalink": "/stats/trend?as_of=3&attacker=RUS&basis=barrage&defender=UKR&from=2024-09-07&measure=interception&scope=national&side=defender&to=2024-09-07",
              "digest": "sha-256=:kTFBSPz//YallnPlCjxgBPx+bpRiWClIwr63EytMKZc=:"
            },
            "licence": "Every number is a claim by the named party. Attribute the sources of the claims; the terms of imported data are its publisher’s."
          }
        }
      }
    }
  },
  "compareRates": {
    "200": {
      "asked": "GET /stats/compare?attacker=XXA&defender=XXB&a_from=2023-01-01&a_to=2023-06-30&b_from=2024-01-01&b_to=2024-06-30",
      "answer": {
        "application/json": {
          "data": {
            "measure": "interception",
            "a": {
              "measure": "interception",
              "value": 0.5807247201669512,
              "numerator": 6122,
              "denominator": 10542,
              "level": 0.95,
              "wilson": [
                0.5712776255017958,
                0.5901130047903391
              ],
              "night_clustered": [
                0.5683220107651927,
                0.5931274295687097
              ],
              "nights": 157,
              "claims": 190,
              "dispersion": 1.432120573243333,
              "comparable": true,
              "claim_range": {
                "low": 0.5611838360842345,
                "high": 0.5807247201669512
              },
              "reason": null,
              "excluded": {
                "other_side": 8,
                "alternative": 0,
                "repetition": 0,
                "assertion": 0,
                "national": 0,
                "regional": 32,
                "other_scope": 0,
                "barrage": 0,
                "tally": 0,
                "launched_unknown": 0,
                "outcome_unknown": 0
              },
              "flagged": {},
              "warnings": []
            },
            "b": {
              "measure": "interception",
              "value": 0.6557518724793547,
              "numerator": 6829,
              "denominator": 10414,
              "level": 0.95,
              "wilson": [
                0.6465706905680653,
                0.6648181909793051
              ],
              "night_clustered": [
                0.6302280838604393,
                0.6812756610982702
              ],
              "nights": 157,
              "claims": 205,
              "dispersion": 6.425648674286189,
              "comparable": false,
              "claim_range": {
                "low": 0.6369310543499136,
                "high": 0.6557518724793547
              },
              "reason": null,
              "excluded": {
                "other_side": 4,
                "alternative": 0,
                "repetition": 0,
                "assertion": 0,
                "national": 0,
                "regional": 28,
                "other_scope": 0,
                "barrage": 0,
                "tally": 0,
                "launched_unknown": 0,
                "outcome_unknown": 0
              },
              "flagged": {},
              "warnings": []
            },
            "difference": 0.07502715231240353,
            "tests": {
              "newcombe": {
                "difference": 0.07502715231240353,
                "interval": [
                  0.06189573999468496,
                  0.08812088091639363
                ]
              },
              "night_clustered": {
                "difference": 0.07502715231240353,
                "standard_error": 0.014478658604248766,
                "interval": [
                  0.04664950290362499,
                  0.10340480172118208
                ]
              },
              "relative_risk": 1.1291957268339363,
              "odds_ratio": 1.3752982703622347,
              "z_test": {
                "z": 11.17662373789553,
                "p_two_sided": 5.307079726935958e-29
              },
              "dispersion_two_windows": 3.9288846237647634,
              "z_test_adjusted": {
                "z": 5.638661098522124,
                "p_two_sided": 1.7137744407974063e-8
              },
              "dispersion_within_months": 1.6879513203806509,
              "z_test_adjusted_within_months": {
                "z": 8.60261866047564,
                "p_two_sided": 7.791752763052015e-18
              }
            },
            "comparable": false,
            "incomparable_because": "break_of_definition",
            "breaks": [
              {
                "night": "2023-09-01",
                "from": "A",
                "to": "B",
                "affects": [
                  "interception",
                  "neutralisation",
                  "non_penetration"
                ]
              },
              {
                "night": "2024-05-01",
                "from": "B",
                "to": "C",
                "affects": [
                  "interception"
                ]
              }
            ]
          },
          "meta": {
            "query": {
              "attacker": "XXA",
              "defender": "XXB",
              "a_from": "2023-01-01",
              "a_to": "2023-06-30",
              "a_side": "defender",
              "a_scope": [
                "national"
              ],
              "a_basis": [
                "barrage"
              ],
              "b_from": "2024-01-01",
              "b_to": "2024-06-30",
              "b_side": "defender",
              "b_scope": [
                "national"
              ],
              "b_basis": [
                "barrage"
              ],
              "measure": "interception",
              "as_of": "latest"
            },
            "dataset_version": 3,
            "as_of": "2026-12-08T09:30:00.208Z",
            "generated_at": "2026-12-08T09:30:29.000Z",
            "method_version": 1,
            "citation": {
              "text": "barrage-stats, dataset version 3 of 2026-12-08, method version 1: claims by the defender, XXA against XXB. /stats/compare?a_basis=barrage&a_from=2023-01-01&a_scope=national&a_side=defender&a_to=2023-06-30&as_of=3&attacker=XXA&b_basis=barrage&b_from=2024-01-01&b_scope=national&b_side=defender&b_to=2024-06-30&defender=XXB&measure=interception",
              "permalink": "/stats/compare?a_basis=barrage&a_from=2023-01-01&a_scope=national&a_side=defender&a_to=2023-06-30&as_of=3&attacker=XXA&b_basis=barrage&b_from=2024-01-01&b_scope=national&b_side=defender&b_to=2024-06-30&defender=XXB&measure=interception",
              "digest": "sha-256=:q9zI/sxEmvWYzEaYfImOeCGu6O+VnKChhb1+GM1OCK8=:"
            },
            "licence": "Every number is a claim by the named party. Attribute the sources of the claims; the terms of imported data are its publisher’s."
          }
        }
      }
    }
  },
  "getSalvoSize": {
    "200": {
      "asked": "GET /stats/salvo-size?from=2024-09-07&to=2024-09-07&bins=50",
      "answer": {
        "application/json": {
          "data": {
            "measure": "interception",
            "note": "A description of the nights as reported: larger nights differ in much besides their size (what was sent, where to, how it was counted), so no size is a threshold and no bin a forecast.",
            "excluded": {
              "other_side": 0,
              "alternative": 0,
              "repetition": 0,
              "assertion": 0,
              "national": 0,
              "regional": 0,
              "other_scope": 0,
              "barrage": 0,
              "tally": 0,
              "launched_unknown": 0,
              "outcome_unknown": 0
            },
            "flagged": {},
            "warnings": [],
            "comparable": true,
            "breaks": [],
            "overall": {
              "nights": 1,
              "nights_dropped": [],
              "bins": [
                {
                  "label": "1-50",
                  "from": 1,
                  "to": 50,
                  "nights": 0,
                  "launched": 0,
                  "numerator": 0,
                  "value": null,
                  "wilson": null,
                  "night_clustered": null,
                  "mean_of_nightly": null
                },
                {
                  "label": "51+",
                  "from": 51,
                  "to": null,
                  "nights": 1,
                  "launched": 67,
                  "numerator": 58,
                  "value": 0.8656716417910447,
                  "wilson": [
                    0.7639962773866295,
                    0.9276890833570451
                  ],
                  "night_clustered": null,
                  "mean_of_nightly": 0.8656716417910447
                }
              ],
              "spearman": null,
              "nightly": {
                "mean": 0.8656716417910447,
                "median": 0.8656716417910447,
                "standard_deviation": null,
                "nights_at_1": 0
              }
            },
            "per_era": [
              {
                "era": "B",
                "nights": 1,
                "nights_dropped": [],
                "bins": [
                  {
                    "label": "1-50",
                    "from": 1,
                    "to": 50,
                    "nights": 0,
                    "launched": 0,
                    "numerator": 0,
                    "value": null,
                    "wilson": null,
                    "night_clustered": null,
                    "mean_of_nightly": null
                  },
                  {
                    "label": "51+",
                    "from": 51,
                    "to": null,
                    "nights": 1,
                    "launched": 67,
                    "numerator": 58,
                    "value": 0.8656716417910447,
                    "wilson": [
                      0.7639962773866295,
                      0.9276890833570451
                    ],
                    "night_clustered": null,
                    "mean_of_nightly": 0.8656716417910447
                  }
                ],
                "spearman": null,
                "nightly": {
                  "mean": 0.8656716417910447,
                  "median": 0.8656716417910447,
                  "standard_deviation": null,
                  "nights_at_1": 0
                }
              }
            ]
          },
          "meta": {
            "query": {
              "attacker": "RUS",
              "defender": "UKR",
              "from": "2024-09-07",
              "to": "2024-09-07",
              "side": "defender",
              "scope": [
                "national"
              ],
              "basis": [
                "barrage"
              ],
              "as_of": "latest",
              "bins": [
                50
              ],
              "measure": "interception"
            },
            "dataset_version": 3,
            "as_of": "2026-12-08T09:30:00.208Z",
            "generated_at": "2026-12-08T09:30:30.000Z",
            "method_version": 1,
            "citation": {
              "text": "barrage-stats, dataset version 3 of 2026-12-08, method version 1: claims by the defender, RUS against UKR. /stats/salvo-size?as_of=3&attacker=RUS&basis=barrage&bins=50&defender=UKR&from=2024-09-07&measure=interception&scope=national&side=defender&to=2024-09-07",
              "permalink": "/stats/salvo-size?as_of=3&attacker=RUS&basis=barrage&bins=50&defender=UKR&from=2024-09-07&measure=interception&scope=national&side=defender&to=2024-09-07",
              "digest": "sha-256=:rWSVUDOj8xq0eCVGGeCFv3ePjH/yA+qb3d7eYrX9+9Y=:"
            },
            "licence": "Every number is a claim by the named party. Attribute the sources of the claims; the terms of imported data are its publisher’s."
          }
        }
      }
    }
  },
  "getRecords": {
    "200": {
      "asked": "GET /stats/records?from=2024-09-07&to=2024-09-07&limit=1",
      "answer": {
        "application/json": {
          "data": {
            "measure": "interception",
            "min_launched": 10,
            "excluded": {
              "other_side": 0,
              "alternative": 0,
              "repetition": 0,
              "assertion": 0,
              "national": 0,
              "regional": 0,
              "other_scope": 0,
              "barrage": 0,
              "tally": 0,
              "launched_unknown": 0,
              "outcome_unknown": 0
            },
            "flagged": {},
            "warnings": [],
            "comparable": true,
            "breaks": [],
            "largest_nights": [
              {
                "night": "2024-09-07",
                "barrage": "/barrages/rus-ukr-2024-09-07",
                "claims": 1,
                "launched": 67,
                "intercepted": 58,
                "suppressed": 3,
                "era": "B",
                "rate": {
                  "measure": "interception",
                  "value": 0.8656716417910447,
                  "numerator": 58,
                  "denominator": 67,
                  "level": 0.95,
                  "wilson": [
                    0.7639962773866295,
                    0.9276890833570451
                  ],
                  "night_clustered": null,
                  "nights": 1,
                  "claims": 1,
                  "dispersion": null,
                  "comparable": true,
                  "claim_range": {
                    "low": 0.8656716417910447,
                    "high": 0.8656716417910447
                  },
                  "reason": null
                }
              }
            ],
            "largest_claims": [
              {
                "claim": "/claims/clm_01J7AB3N5WQ4E2R8T6Y0K10001",
                "barrage": "/barrages/rus-ukr-2024-09-07",
                "night": "2024-09-07",
                "munition": "shahed-136-131",
                "source": "ua-air-force",
                "launched": 67,
                "intercepted": 58
              }
            ],
            "highest_rates": [
              {
                "night": "2024-09-07",
                "barrage": "/barrages/rus-ukr-2024-09-07",
                "claims": 1,
                "launched": 67,
                "intercepted": 58,
                "suppressed": 3,
                "era": "B",
                "rate": {
                  "measure": "interception",
                  "value": 0.8656716417910447,
                  "numerator": 58,
                  "denominator": 67,
                  "level": 0.95,
                  "wilson": [
                    0.7639962773866295,
                    0.9276890833570451
                  ],
                  "night_clustered": null,
                  "nights": 1,
                  "claims": 1,
                  "dispersion": null,
                  "comparable": true,
                  "claim_range": {
                    "low": 0.8656716417910447,
                    "high": 0.8656716417910447
                  },
                  "reason": null
                }
              }
            ],
            "lowest_rates": [
              {
                "night": "2024-09-07",
                "barrage": "/barrages/rus-ukr-2024-09-07",
                "claims": 1,
                "launched": 67,
                "intercepted": 58,
                "suppressed": 3,
                "era": "B",
                "rate": {
                  "measure": "interception",
                  "value": 0.8656716417910447,
                  "numerator": 58,
                  "denominator": 67,
                  "level": 0.95,
                  "wilson": [
                    0.7639962773866295,
                    0.9276890833570451
                  ],
                  "night_clustered": null,
                  "nights": 1,
                  "claims": 1,
                  "dispersion": null,
                  "comparable": true,
                  "claim_range": {
                    "low": 0.8656716417910447,
                    "high": 0.8656716417910447
                  },
                  "reason": null
                }
              }
            ],
            "reports": {
              "calendar_nights": 1,
              "nights_with_reports": 1,
              "silent_nights": 0,
              "silences": 0,
              "longest_silences": [],
              "longest_streak": {
                "nights": 1,
                "from": "2024-09-07",
                "to": "2024-09-07"
              },
              "last_streak": {
                "nights": 1,
                "from": "2024-09-07",
                "to": "2024-09-07"
              }
            }
          },
          "meta": {
            "query": {
              "attacker": "RUS",
              "defender": "UKR",
              "from": "2024-09-07",
              "to": "2024-09-07",
              "side": "defender",
              "scope": [
                "national"
              ],
              "basis": [
                "barrage"
              ],
              "as_of": "latest",
              "measure": "interception",
              "min_launched": 10,
              "limit": 1
            },
            "dataset_version": 3,
            "as_of": "2026-12-08T09:30:00.208Z",
            "generated_at": "2026-12-08T09:30:31.000Z",
            "method_version": 1,
            "citation": {
              "text": "barrage-stats, dataset version 3 of 2026-12-08, method version 1: claims by the defender, RUS against UKR. /stats/records?as_of=3&attacker=RUS&basis=barrage&defender=UKR&from=2024-09-07&limit=1&measure=interception&min_launched=10&scope=national&side=defender&to=2024-09-07",
              "permalink": "/stats/records?as_of=3&attacker=RUS&basis=barrage&defender=UKR&from=2024-09-07&limit=1&measure=interception&min_launched=10&scope=national&side=defender&to=2024-09-07",
              "digest": "sha-256=:umjuNFn3xIDQnOoq0JALffwuRRj2yEy2bLtHIQ2/VpA=:"
            },
            "licence": "Every number is a claim by the named party. Attribute the sources of the claims; the terms of imported data are its publisher’s."
          }
        }
      }
    }
  },
  "getCoverage": {
    "200": {
      "asked": "GET /stats/coverage?from=2024-09-07&to=2024-09-07",
      "answer": {
        "application/json": {
          "data": {
            "calendar": {
              "from": "2024-09-07",
              "to": "2024-09-07",
              "nights": 1
            },
            "newest_night": "2024-09-07",
            "nights_with_reports": 1,
            "silent_nights": 0,
            "claims": 1,
            "excluded": {
              "other_side": 0,
              "alternative": 0,
              "repetition": 0,
              "assertion": 0,
              "national": 0,
              "regional": 0,
              "other_scope": 0,
              "barrage": 0,
              "tally": 0,
              "launched_unknown": 0,
              "outcome_unknown": 0
            },
            "flagged": {},
            "warnings": [],
            "given": {
              "suppressed": {
                "claims": 1,
                "share_of_claims": 1,
                "share_of_launched": 1
              },
              "left_airspace": {
                "claims": 1,
                "share_of_claims": 1,
                "share_of_launched": 1
              },
              "still_airborne": {
                "claims": 0,
                "share_of_claims": 0,
                "share_of_launched": 0
              },
              "strike_uav_min": {
                "claims": 0,
                "share_of_claims": 0,
                "share_of_launched": 0
              },
              "hit_locations": {
                "claims": 0,
                "share_of_claims": 0,
                "share_of_launched": 0
              },
              "debris_locations": {
                "claims": 0,
                "share_of_claims": 0,
                "share_of_launched": 0
              }
            },
            "independent_sources": 1,
            "sources": [
              {
                "source": "ua-air-force",
                "side": "defender",
                "claims": 1,
                "independent_claims": 1,
                "nights_with_reports": 1,
                "nights_missed": 0,
                "first_night": "2024-09-07",
                "newest_night": "2024-09-07",
                "given": {
                  "suppressed": {
                    "claims": 1,
                    "share_of_claims": 1,
                    "share_of_launched": 1
                  },
                  "left_airspace": {
                    "claims": 1,
                    "share_of_claims": 1,
                    "share_of_launched": 1
                  },
                  "still_airborne": {
                    "claims": 0,
                    "share_of_claims": 0,
                    "share_of_launched": 0
                  },
                  "strike_uav_min": {
                    "claims": 0,
                    "share_of_claims": 0,
                    "share_of_launched": 0
                  },
                  "hit_locations": {
                    "claims": 0,
                    "share_of_claims": 0,
                    "share_of_launched": 0
                  },
                  "debris_locations": {
                    "claims": 0,
                    "share_of_claims": 0,
                    "share_of_launched": 0
                  }
                },
                "months": [
                  {
                    "month": "2024-09",
                    "claims": 1,
                    "nights_with_reports": 1,
                    "silent_nights": 0,
                    "given": {
                      "suppressed": {
                        "claims": 1,
                        "share_of_claims": 1,
                        "share_of_launched": 1
                      },
                      "left_airspace": {
                        "claims": 1,
                        "share_of_claims": 1,
                        "share_of_launched": 1
                      },
                      "still_airborne": {
                        "claims": 0,
                        "share_of_claims": 0,
                        "share_of_launched": 0
                      },
                      "strike_uav_min": {
                        "claims": 0,
                        "share_of_claims": 0,
                        "share_of_launched": 0
                      },
                      "hit_locations": {
                        "claims": 0,
                        "share_of_claims": 0,
                        "share_of_launched": 0
                      },
                      "debris_locations": {
                        "claims": 0,
                        "share_of_claims": 0,
                        "share_of_launched": 0
                      }
                    }
                  }
                ]
              }
            ]
          },
          "meta": {
            "query": {
              "attacker": "RUS",
              "defender": "UKR",
              "from": "2024-09-07",
              "to": "2024-09-07",
              "as_of": "latest"
            },
            "dataset_version": 3,
            "as_of": "2026-12-08T09:30:00.208Z",
            "generated_at": "2026-12-08T09:30:32.000Z",
            "method_version": 1,
            "citation": {
              "text": "barrage-stats, dataset version 3 of 2026-12-08, method version 1: claims by all sides, RUS against UKR. /stats/coverage?as_of=3&attacker=RUS&defender=UKR&from=2024-09-07&to=2024-09-07",
              "permalink": "/stats/coverage?as_of=3&attacker=RUS&defender=UKR&from=2024-09-07&to=2024-09-07",
              "digest": "sha-256=:NilFDbZi1z00wbOzfjXfmONG0Mr/pqzwDQ6OMWOevaU=:"
            },
            "licence": "Every number is a claim by the named party. Attribute the sources of the claims; the terms of imported data are its publisher’s."
          }
        }
      }
    }
  },
  "getStatsRevisions": {
    "200": {
      "asked": "GET /stats/revisions?from=2024-09-07&to=2024-09-07",
      "answer": {
        "application/json": {
          "data": {
            "claims": 1,
            "claims_revised": 0,
            "retracted": 0,
            "excluded": {
              "other_side": 0,
              "alternative": 0,
              "repetition": 0,
              "assertion": 0,
              "national": 0,
              "regional": 0,
              "other_scope": 0,
              "barrage": 0,
              "tally": 0,
              "launched_unknown": 0,
              "outcome_unknown": 0
            },
            "flagged": {},
            "warnings": [],
            "interception": {
              "side": "defender",
              "scope": [
                "national"
              ],
              "basis": [
                "barrage"
              ],
              "claims": 1,
              "claims_moved": 0,
              "claims_left_out": 0,
              "first": {
                "launched": 67,
                "intercepted": 58,
                "value": 0.8656716417910447,
                "reason": null
              },
              "now": {
                "launched": 67,
                "intercepted": 58,
                "value": 0.8656716417910447,
                "reason": null
              },
              "difference": 0
            },
            "sources": [
              {
                "source": "ua-air-force",
                "side": "defender",
                "claims": 1,
                "claims_revised": 0,
                "retracted": 0,
                "fields": {
                  "launched": {
                    "claims": 1,
                    "claims_that_gave_it_first": 1,
                    "moved": 0,
                    "filled": 0,
                    "blanked": 0,
                    "share_moved": 0,
                    "net_change": 0,
                    "mean_absolute_change": null,
                    "median_absolute_change": null,
                    "largest_absolute_change": null,
                    "revisions": 0,
                    "revisions_by_age": {
                      "0-7": 0,
                      "8-30": 0,
                      "31-90": 0,
                      "91-365": 0,
                      "over_365": 0
                    }
                  },
                  "intercepted": {
                    "claims": 1,
                    "claims_that_gave_it_first": 1,
                    "moved": 0,
                    "filled": 0,
                    "blanked": 0,
                    "share_moved": 0,
                    "net_change": 0,
                    "mean_absolute_change": null,
                    "median_absolute_change": null,
                    "largest_absolute_change": null,
                    "revisions": 0,
                    "revisions_by_age": {
                      "0-7": 0,
                      "8-30": 0,
                      "31-90": 0,
                      "91-365": 0,
                      "over_365": 0
                    }
                  },
                  "suppressed": {
                    "claims": 1,
                    "claims_that_gave_it_first": 1,
                    "moved": 0,
                    "filled": 0,
                    "blanked": 0,
                    "share_moved": 0,
                    "net_change": 0,
                    "mean_absolute_change": null,
                    "median_absolute_change": null,
                    "largest_absolute_change": null,
                    "revisions": 0,
                    "revisions_by_age": {
                      "0-7": 0,
                      "8-30": 0,
                      "31-90": 0,
                      "91-365": 0,
                      "over_365": 0
                    }
                  },
                  "left_airspace": {
                    "claims": 1,
                    "claims_that_gave_it_first": 1,
                    "moved": 0,
                    "filled": 0,
                    "blanked": 0,
                    "share_moved": 0,
                    "net_change": 0,
                    "mean_absolute_change": null,
                    "median_absolute_change": null,
                    "largest_absolute_change": null,
                    "revisions": 0,
                    "revisions_by_age": {
                      "0-7": 0,
                      "8-30": 0,
                      "31-90": 0,
                      "91-365": 0,
                      "over_365": 0
                    }
                  },
                  "still_airborne": {
                    "claims": 1,
                    "claims_that_gave_it_first": 0,
                    "moved": 0,
                    "filled": 0,
                    "blanked": 0,
                    "share_moved": null,
                    "net_change": 0,
                    "mean_absolute_change": null,
                    "median_absolute_change": null,
                    "largest_absolute_change": null,
                    "revisions": 0,
                    "revisions_by_age": {
                      "0-7": 0,
                      "8-30": 0,
                      "31-90": 0,
                      "91-365": 0,
                      "over_365": 0
                    }
                  },
                  "strike_uav_min": {
                    "claims": 1,
                    "claims_that_gave_it_first": 0,
                    "moved": 0,
                    "filled": 0,
                    "blanked": 0,
                    "share_moved": null,
                    "net_change": 0,
                    "mean_absolute_change": null,
                    "median_absolute_change": null,
                    "largest_absolute_change": null,
                    "revisions": 0,
                    "revisions_by_age": {
                      "0-7": 0,
                      "8-30": 0,
                      "31-90": 0,
                      "91-365": 0,
                      "over_365": 0
                    }
                  },
                  "hit_locations": {
                    "claims": 1,
                    "claims_that_gave_it_first": 0,
                    "moved": 0,
                    "filled": 0,
                    "blanked": 0,
                    "share_moved": null,
                    "net_change": 0,
                    "mean_absolute_change": null,
                    "median_absolute_change": null,
                    "largest_absolute_change": null,
                    "revisions": 0,
                    "revisions_by_age": {
                      "0-7": 0,
                      "8-30": 0,
                      "31-90": 0,
                      "91-365": 0,
                      "over_365": 0
                    }
                  },
                  "debris_locations": {
                    "claims": 1,
                    "claims_that_gave_it_first": 0,
                    "moved": 0,
                    "filled": 0,
                    "blanked": 0,
                    "share_moved": null,
                    "net_change": 0,
                    "mean_absolute_change": null,
                    "median_absolute_change": null,
                    "largest_absolute_change": null,
                    "revisions": 0,
                    "revisions_by_age": {
                      "0-7": 0,
                      "8-30": 0,
                      "31-90": 0,
                      "91-365": 0,
                      "over_365": 0
                    }
                  },
                  "turbojet": {
                    "claims": 1,
                    "claims_that_gave_it_first": 0,
                    "moved": 0,
                    "filled": 0,
                    "blanked": 0,
                    "share_moved": null,
                    "net_change": 0,
                    "mean_absolute_change": null,
                    "median_absolute_change": null,
                    "largest_absolute_change": null,
                    "revisions": 0,
                    "revisions_by_age": {
                      "0-7": 0,
                      "8-30": 0,
                      "31-90": 0,
                      "91-365": 0,
                      "over_365": 0
                    }
                  },
                  "turbojet_intercepted": {
                    "claims": 1,
                    "claims_that_gave_it_first": 0,
                    "moved": 0,
                    "filled": 0,
                    "blanked": 0,
                    "share_moved": null,
                    "net_change": 0,
                    "mean_absolute_change": null,
                    "median_absolute_change": null,
                    "largest_absolute_change": null,
                    "revisions": 0,
                    "revisions_by_age": {
                      "0-7": 0,
                      "8-30": 0,
                      "31-90": 0,
                      "91-365": 0,
                      "over_365": 0
                    }
                  }
                }
              }
            ]
          },
          "meta": {
            "query": {
              "attacker": "RUS",
              "defender": "UKR",
              "from": "2024-09-07",
              "to": "2024-09-07",
              "as_of": "latest"
            },
            "dataset_version": 3,
            "as_of": "2026-12-08T09:30:00.208Z",
            "generated_at": "2026-12-08T09:30:33.000Z",
            "method_version": 1,
            "citation": {
              "text": "barrage-stats, dataset version 3 of 2026-12-08, method version 1: claims by all sides, RUS against UKR. /stats/revisions?as_of=3&attacker=RUS&defender=UKR&from=2024-09-07&to=2024-09-07",
              "permalink": "/stats/revisions?as_of=3&attacker=RUS&defender=UKR&from=2024-09-07&to=2024-09-07",
              "digest": "sha-256=:rQsFTI87c46rqnOr7EsPAJUGEZXT4BenCpGVXEYp/GY=:"
            },
            "licence": "Every number is a claim by the named party. Attribute the sources of the claims; the terms of imported data are its publisher’s."
          }
        }
      }
    }
  },
  "getDecoys": {
    "200": {
      "asked": "GET /stats/decoys?from=2024-09-07&to=2024-09-07",
      "answer": {
        "application/json": {
          "data": {
            "formula": "With S = strike_uav_min, L = launched, D = intercepted of each claim: lower = Σ max(0, D - (L - S)) / Σ S, upper = Σ min(D, S) / Σ S (Fréchet bounds).",
            "excluded": {
              "other_side": 0,
              "alternative": 0,
              "repetition": 0,
              "assertion": 0,
              "national": 0,
              "regional": 0,
              "other_scope": 0,
              "barrage": 0,
              "tally": 0,
              "launched_unknown": 0,
              "outcome_unknown": 0
            },
            "flagged": {},
            "warnings": [],
            "comparable": true,
            "breaks": [],
            "claims": 0,
            "impossible_claims": 0,
            "launched": null,
            "intercepted": null,
            "strike_uav_min": null,
            "strike_share": null,
            "lower": null,
            "upper": null
          },
          "meta": {
            "query": {
              "attacker": "RUS",
              "defender": "UKR",
              "from": "2024-09-07",
              "to": "2024-09-07",
              "side": "defender",
              "scope": [
                "national"
              ],
              "basis": [
                "barrage"
              ],
              "as_of": "latest"
            },
            "dataset_version": 3,
            "as_of": "2026-12-08T09:30:00.208Z",
            "generated_at": "2026-12-08T09:30:34.000Z",
            "method_version": 1,
            "citation": {
              "text": "barrage-stats, dataset version 3 of 2026-12-08, method version 1: claims by the defender, RUS against UKR. /stats/decoys?as_of=3&attacker=RUS&basis=barrage&defender=UKR&from=2024-09-07&scope=national&side=defender&to=2024-09-07",
              "permalink": "/stats/decoys?as_of=3&attacker=RUS&basis=barrage&defender=UKR&from=2024-09-07&scope=national&side=defender&to=2024-09-07",
              "digest": "sha-256=:TnSZMwFq0qK0qBJ2EWPB9iWru2T8AdhBxCltLB4Jbac=:"
            },
            "licence": "Every number is a claim by the named party. Attribute the sources of the claims; the terms of imported data are its publisher’s."
          }
        }
      }
    }
  },
  "listMeasures": {
    "200": {
      "asked": "GET /stats/measures",
      "answer": {
        "application/json": {
          "data": [
            {
              "measure": "interception",
              "formula": "intercepted / launched",
              "numerator": [
                "intercepted"
              ],
              "required": [
                "launched",
                "intercepted"
              ],
              "description": "Share of the launched munitions that the source claims to have shot down. From the start of an era in which the word also covers suppressed munitions it measures something else, and is not comparable with the years before.",
              "broken_by": [
                "ukr-b",
                "ukr-c",
                "xxb-b",
                "xxb-c"
              ]
            },
            {
              "measure": "neutralisation",
              "formula": "(intercepted + suppressed) / launched",
              "numerator": [
                "intercepted",
                "suppressed"
              ],
              "required": [
                "launched",
                "intercepted"
              ],
              "description": "Share claimed shot down or otherwise lost without reaching the target (electronic warfare, lost in location). Null where no claim reports suppressed.",
              "broken_by": [
                "ukr-b",
                "xxb-b"
              ]
            },
            {
              "measure": "non_penetration",
              "formula": "(intercepted + suppressed + left_airspace) / launched",
              "numerator": [
                "intercepted",
                "suppressed",
                "left_airspace"
              ],
              "required": [
                "launched",
                "intercepted"
              ],
              "description": "Neutralisation plus the munitions that flew on out of the airspace. Null where no claim reports suppressed.",
              "broken_by": [
                "ukr-b",
                "xxb-b"
              ]
            }
          ],
          "meta": {
            "query": {
              "as_of": "latest"
            },
            "dataset_version": 3,
            "as_of": "2026-12-08T09:30:00.208Z",
            "generated_at": "2026-12-08T09:30:35.000Z"
          }
        }
      }
    }
  }
};
