import Fastify, { type FastifyInstance, type FastifyServerOptions, LogController } from 'fastify';
import { ulid } from 'ulid';
import type { Config } from './config.js';
import { answerClientError } from './http/client-errors.js';
import { refuseCodedBodies } from './http/coded-bodies.js';
import { MERGE_PATCH } from './http/correction-routes.js';
import type { Dependencies } from './http/dependencies.js';
import { handleErrors, sendProblem } from './http/error-handler.js';
import { describeApi } from './http/openapi.js';
import { answerPublicly } from './http/public-answers.js';
import { logRequests } from './http/request-log.js';
import { barrageRoutes } from './http/routes/barrages.js';
import { batchRoutes } from './http/routes/batch.js';
import { changeRoutes } from './http/routes/changes.js';
import { citeRoutes } from './http/routes/cite.js';
import { claimRoutes } from './http/routes/claims.js';
import { codeListRoutes } from './http/routes/code-lists.js';
import { compareRoutes } from './http/routes/compare.js';
import { coverageRoutes } from './http/routes/coverage.js';
import { datasetRoutes } from './http/routes/dataset.js';
import { datasetVersionRoutes } from './http/routes/dataset-versions.js';
import { debrisSiteRoutes } from './http/routes/debris-sites.js';
import { decoysRoutes } from './http/routes/decoys.js';
import { measuresRoutes } from './http/routes/measures.js';
import { recordsRoutes } from './http/routes/records.js';
import { revisionRoutes } from './http/routes/revisions.js';
import { salvoSizeRoutes } from './http/routes/salvo-size.js';
import { seriesRoutes } from './http/routes/series.js';
import { serviceRoutes } from './http/routes/service.js';
import { specificationRoutes } from './http/routes/specification.js';
import { statsRoutes } from './http/routes/stats.js';
import { statsRevisionsRoutes } from './http/routes/stats-revisions.js';
import { trendRoutes } from './http/routes/trend.js';
import { answerOtherMethods, collectMethods } from './http/unsupported-methods.js';
import { validatorCompiler } from './http/validator.js';
import * as barrages from './storage/barrage-store.js';
import * as changes from './storage/change-store.js';
import * as claims from './storage/claim-store.js';
import * as codeLists from './storage/code-list-store.js';
import { correctBarrage, retractBarrage } from './storage/correct-barrage.js';
import { correctClaim, retractClaim } from './storage/correct-claim.js';
import { correctDebrisSite, retractDebrisSite } from './storage/correct-debris-site.js';
import type { Database } from './storage/database.js';
import { DatasetFiles } from './storage/dataset-files.js';
import * as debrisSites from './storage/debris-site-store.js';
import * as keys from './storage/key-store.js';
import { recordBarrage } from './storage/record-barrage.js';
import { recordBatch, rehearseBatch } from './storage/record-batch.js';
import { recordClaim } from './storage/record-claim.js';
import { recordDebrisSite } from './storage/record-debris-site.js';
import { recordReportingEra } from './storage/record-reporting-era.js';
import { recordSource } from './storage/record-source.js';
import { VersionWatch } from './storage/version-watch.js';
import * as versions from './storage/versions.js';

export const API_VERSION = '0.1.0';
const BODY_LIMIT = 1024 * 1024;
const MAX_PARAM_LENGTH = 200;

type AppConfig = Omit<Config, 'HOST' | 'PORT' | 'DATABASE_URL' | 'LOG_LEVEL' | 'DEMO_DATA'>;

function dependenciesOf(db: Database, config: AppConfig): Dependencies {
  return {
    db,
    settings: {
      default_attacker: config.DEFAULT_ATTACKER,
      default_defender: config.DEFAULT_DEFENDER,
      public_url: config.PUBLIC_URL ?? '',
      feed: {
        listeners: config.FEED_LISTENERS,
        // A quarter, so that one client cannot shut all others out.
        listeners_per_address:
          config.FEED_LISTENERS_PER_ADDRESS ?? Math.ceil(config.FEED_LISTENERS / 4),
        heartbeat_ms: config.FEED_HEARTBEAT_MS,
      },
    },
    files: new DatasetFiles(db),
    watch: new VersionWatch(db, config.FEED_POLL_MS),
    stores: { barrages, changes, claims, codeLists, debrisSites, keys, versions },
    record: {
      barrage: recordBarrage,
      batch: recordBatch,
      claim: recordClaim,
      debrisSite: recordDebrisSite,
      reportingEra: recordReportingEra,
      source: recordSource,
    },
    rehearse: { batch: rehearseBatch },
    correct: { barrage: correctBarrage, claim: correctClaim, debrisSite: correctDebrisSite },
    retract: { barrage: retractBarrage, claim: retractClaim, debrisSite: retractDebrisSite },
  };
}

/**
 * The whole application on an open database: the server, the tests and the spec writer all call it.
 *
 * @param logger Fastify's logger options; false is silent
 */
export async function buildApp(
  db: Database,
  config: AppConfig,
  logger: NonNullable<FastifyServerOptions['logger']> = false,
): Promise<FastifyInstance> {
  const app = Fastify({
    logger,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: BODY_LIMIT,
    routerOptions: { maxParamLength: MAX_PARAM_LENGTH },
    genReqId: () => ulid(),
    clientErrorHandler: answerClientError,
    frameworkErrors: (error, request, reply) => sendProblem(error, request, reply),
  });
  app.removeContentTypeParser('text/plain');
  const parseJson = app.getDefaultJsonParser('error', 'error');
  app.addContentTypeParser(MERGE_PATCH, { parseAs: 'string' }, parseJson);
  app.setValidatorCompiler(validatorCompiler);
  // The routes' response schemas are the specification; tests hold every answer to them, production does not pay for it.
  app.setSerializerCompiler(() => (data) => JSON.stringify(data));
  handleErrors(app);
  refuseCodedBodies(app);
  logRequests(app);
  await describeApi(app, API_VERSION);
  const methods = collectMethods(app);
  const deps = dependenciesOf(db, config);
  answerPublicly(app, deps);
  const routes = [
    serviceRoutes,
    barrageRoutes,
    batchRoutes,
    claimRoutes,
    debrisSiteRoutes,
    codeListRoutes,
    statsRoutes,
    seriesRoutes,
    trendRoutes,
    compareRoutes,
    salvoSizeRoutes,
    recordsRoutes,
    coverageRoutes,
    statsRevisionsRoutes,
    decoysRoutes,
    measuresRoutes,
    revisionRoutes,
    changeRoutes,
    datasetVersionRoutes,
    datasetRoutes,
    citeRoutes,
  ];
  for (const plugin of routes) await app.register(plugin, deps);
  await specificationRoutes(app);
  answerOtherMethods(app, methods);
  await app.ready();
  return app;
}
