// Real answers of a new service, written by test/contract/examples.test.ts; as long as these are.
import type { Examples } from './example.js';

export const SERVICE_EXAMPLES: Examples = {
  "getLanding": {
    "200": {
      "asked": "GET /",
      "answer": {
        "application/json": {
          "data": {
            "name": "barrage-stats",
            "licence": "Every number is a claim by the named party. Attribute the sources of the claims; the terms of imported data are its publisher’s.",
            "links": {
              "barrages": "/barrages",
              "claims": "/claims",
              "debris_sites": "/debris-sites",
              "sources": "/sources",
              "munitions": "/munitions",
              "regions": "/regions",
              "reporting_eras": "/reporting-eras",
              "stats": "/stats",
              "series": "/stats/series",
              "trend": "/stats/trend",
              "compare": "/stats/compare",
              "salvo_size": "/stats/salvo-size",
              "records": "/stats/records",
              "coverage": "/stats/coverage",
              "revisions": "/stats/revisions",
              "decoys": "/stats/decoys",
              "measures": "/stats/measures",
              "changes": "/changes",
              "dataset": "/dataset",
              "dataset_versions": "/dataset/versions",
              "dataset_file": "/dataset.sqlite",
              "openapi": "/openapi.yaml",
              "docs": "/docs"
            }
          },
          "meta": {
            "query": {},
            "dataset_version": 3,
            "as_of": "2026-12-08T09:30:00.208Z",
            "generated_at": "2026-12-08T09:30:01.000Z"
          }
        }
      }
    }
  },
  "getHealth": {
    "200": {
      "asked": "GET /healthz",
      "answer": {
        "application/json": {
          "status": "ok"
        }
      }
    }
  },
  "getReadiness": {
    "200": {
      "asked": "GET /readyz",
      "answer": {
        "application/json": {
          "status": "ready"
        }
      }
    }
  },
  "getProblemType": {
    "200": {
      "asked": "GET /problems/validation",
      "answer": {
        "application/json": {
          "slug": "validation",
          "status": 422,
          "title": "The body is well formed but wrong",
          "description": "The body could be read, and breaks rules. `errors` names all of them at once, each with a JSON Pointer into the body; nothing was written."
        },
        "text/html": "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n<title>422 The body is well formed but wrong</title>\n<style>body{font:1.1em/1.5 system-ui,sans-serif;max-width:40em;margin:3em auto;padding:0 1em;color:#222;background:#fff}code{background:#eee;padding:0 .2em}</style>\n<h1>The body is well formed but wrong</h1>\n<p><code>/problems/validation</code>, status 422</p>\n<p>The body could be read, and breaks rules. <code>errors</code> names all of them at once, each with a JSON Pointer into the body; nothing was written.</p>\n<p><a href=\"/docs\">The interface</a>, <a href=\"/\">what there is</a></p>\n</html>\n"
      }
    }
  }
};
