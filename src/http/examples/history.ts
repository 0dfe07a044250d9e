// Real answers of a new service, written by test/contract/examples.test.ts; as long as these are.
import type { Examples } from './example.js';

export const HISTORY_EXAMPLES: Examples = {
  "listChanges": {
    "200": {
      "asked": "GET /changes?after=1&limit=2",
      "answer": {
        "application/json": {
          "data": [
            {
              "version": 2,
              "seq": 0,
              "at": "2026-12-08T09:30:00.000Z",
              "actor": "demonstration data",
              "op": "created",
              "entity": "barrage",
              "id": "rus-ukr-2024-09-07",
              "revision": 1,
              "fields": [],
              "reason": "Loaded into a new database."
            },
            {
              "version": 2,
              "seq": 1,
              "at": "2026-12-08T09:30:00.000Z",
              "actor": "demonstration data",
              "op": "created",
              "entity": "claim",
              "id": "clm_01J7AB3N5WQ4E2R8T6Y0K10001",
              "revision": 1,
              "fields": [],
              "reason": "Loaded into a new database."
            }
          ],
          "page": {
            "limit": 2,
            "has_more": true,
            "next_after": "2.1"
          },
          "meta": {
            "query": {
              "after": "1",
              "limit": 2,
              "as_of": "latest"
            },
            "dataset_version": 3,
            "as_of": "2026-12-08T09:30:00.208Z",
            "generated_at": "2026-12-08T09:30:36.000Z"
          }
        },
        "text/event-stream": "id: 2.0\nevent: change\ndata: {\"version\":2,\"seq\":0,\"at\":\"2026-12-08T09:30:00.000Z\",\"actor\":\"demonstration data\",\"op\":\"created\",\"entity\":\"barrage\",\"id\":\"rus-ukr-2024-09-07\",\"revision\":1,\"fields\":[],\"reason\":\"Loaded into a new database.\"}\n\n"
      }
    }
  },
  "listDatasetVersions": {
    "200": {
      "asked": "GET /dataset/versions?after=1&limit=1",
      "answer": {
        "application/json": {
          "data": [
            {
              "version": 2,
              "at": "2026-12-08T09:30:00.000Z",
              "actor": "demonstration data",
              "reason": "Loaded into a new database.",
              "changes": {
                "created": 3,
                "corrected": 0,
                "retracted": 0
              },
              "import": null,
              "headline": {
                "before": {
                  "claims": 0,
                  "launched": null,
                  "intercepted": null,
                  "suppressed": null,
                  "left_airspace": null,
                  "rates": {
                    "interception": null,
                    "neutralisation": null,
                    "non_penetration": null
                  }
                },
                "after": {
                  "claims": 1,
                  "launched": 67,
                  "intercepted": 58,
                  "suppressed": 3,
                  "left_airspace": 6,
                  "rates": {
                    "interception": 0.8656716417910447,
                    "neutralisation": 0.9104477611940298,
                    "non_penetration": 1
                  }
                },
                "changed": true
              }
            }
          ],
          "page": {
            "limit": 1,
            "has_more": true,
            "next_after": "2"
          },
          "meta": {
            "query": {
              "after": 1,
              "limit": 1,
              "as_of": "latest",
              "attacker": "RUS",
              "defender": "UKR",
              "side": "defender",
              "scope": [
                "national"
              ],
              "basis": [
                "barrage"
              ]
            },
            "dataset_version": 3,
            "as_of": "2026-12-08T09:30:00.208Z",
            "generated_at": "2026-12-08T09:30:39.000Z"
          }
        }
      }
    }
  }
};
