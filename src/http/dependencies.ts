import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { Aside } from '../aside/aside.js';
import type * as barrages from '../storage/barrage-store.js';
import type * as changes from '../storage/change-store.js';
import type * as claimJson from '../storage/claim-json.js';
import type * as claimPages from '../storage/claim-pages.js';
import type * as claims from '../storage/claim-store.js';
import type * as codeLists from '../storage/code-list-store.js';
import type { correctBarrage, retractBarrage } from '../storage/correct-barrage.js';
import type { correctClaim, retractClaim } from '../storage/correct-claim.js';
import type { correctDebrisSite, retractDebrisSite } from '../storage/correct-debris-site.js';
import type { Database } from '../storage/database.js';
import type { DatasetFiles } from '../storage/dataset-files.js';
import type * as debrisSites from '../storage/debris-site-store.js';
import type * as keys from '../storage/key-store.js';
import type * as keyUse from '../storage/key-use.js';
import type { recordBarrage } from '../storage/record-barrage.js';
import type { recordBatch, rehearseBatch } from '../storage/record-batch.js';
import type { recordClaim } from '../storage/record-claim.js';
import type { recordDebrisSite } from '../storage/record-debris-site.js';
import type { recordReportingEra } from '../storage/record-reporting-era.js';
import type { recordSource } from '../storage/record-source.js';
import type { VersionWatch } from '../storage/version-watch.js';
import type * as versions from '../storage/versions.js';
import type { Cursors } from './cursor.js';

/** What can be set for the HTTP side. */
export interface HttpSettings {
  default_attacker: string;
  default_defender: string;
  /** Where the service is reached from outside, for permalinks; empty for relative ones. */
  public_url: string;
  /** The stream of changes: how many may listen at once, and how often a silent one is sent a sign of life. */
  feed: { listeners: number; listeners_per_address: number; heartbeat_ms: number };
}

/** Everything that routes are given. They import storage's types only, so that no route can write SQL. */
export interface Dependencies {
  db: Database;
  /** For what takes long. */
  aside: Aside;
  cursors: Cursors;
  watch: VersionWatch;
  files: DatasetFiles;
  settings: HttpSettings;
  stores: {
    barrages: typeof barrages;
    changes: typeof changes;
    claimJson: typeof claimJson;
    claimPages: typeof claimPages;
    claims: typeof claims;
    codeLists: typeof codeLists;
    debrisSites: typeof debrisSites;
    keys: typeof keys;
    keyUse: typeof keyUse;
    versions: typeof versions;
  };
  record: {
    barrage: typeof recordBarrage;
    batch: typeof recordBatch;
    claim: typeof recordClaim;
    debrisSite: typeof recordDebrisSite;
    reportingEra: typeof recordReportingEra;
    source: typeof recordSource;
  };
  /** What a write would do. */
  rehearse: { batch: typeof rehearseBatch };
  correct: {
    barrage: typeof correctBarrage;
    claim: typeof correctClaim;
    debrisSite: typeof correctDebrisSite;
  };
  retract: {
    barrage: typeof retractBarrage;
    claim: typeof retractClaim;
    debrisSite: typeof retractDebrisSite;
  };
}

/** The instance that routes are added to: their zod schemas type their handlers. */
export type ZodApp = Parameters<FastifyPluginAsyncZod>[0];
