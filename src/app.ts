import type { FastifyInstance } from 'fastify';
import { Aside } from './aside/aside.js';
import type { Config } from './config.js';
import { AnswerCache } from './http/answer-cache.js';
import { refuseCodedBodies } from './http/coded-bodies.js';
import { Cursors } from './http/cursor.js';
import type { Dependencies } from './http/dependencies.js';
import { documentRoutes } from './http/documentation.js';
import { handleErrors } from './http/error-handler.js';
import { knownVersion } from './http/freshness.js';
import { hangUpWhenClosing } from './http/hang-up.js';
import { accountForAnswers, limitRequests } from './http/limit-requests.js';
import { countAnswers, Metrics } from './http/metrics.js';
import { answerOddRequests } from './http/odd-requests.js';
import { Polls, peerOf } from './http/poll.js';
import { answerPublicly } from './http/public-answers.js';
import { remakeAnswers } from './http/remake.js';
import { RequestLimits } from './http/request-limits.js';
import { AnswerLog, logRequests } from './http/request-log.js';
import { barrageListRoutes } from './http/routes/barrage-list.js';
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
import { metricsRoutes } from './http/routes/metrics.js';
import { problemRoutes } from './http/routes/problems.js';
import { recordsRoutes } from './http/routes/records.js';
import { revisionRoutes } from './http/routes/revisions.js';
import { salvoSizeRoutes } from './http/routes/salvo-size.js';
import { seriesRoutes } from './http/routes/series.js';
import { serviceRoutes } from './http/routes/service.js';
import { specificationRoutes } from './http/routes/specification.js';
import { statsRoutes } from './http/routes/stats.js';
import { statsRevisionsRoutes } from './http/routes/stats-revisions.js';
import { trendRoutes } from './http/routes/trend.js';
import { type Logger, makeServer } from './http/server.js';
import { keepStandingHeaders, standingHeaders } from './http/standing-headers.js';
import { answerOtherMethods, collectMethods } from './http/unsupported-methods.js';
import * as barrages from './storage/barrage-store.js';
import * as changes from './storage/change-store.js';
import * as claimJson from './storage/claim-json.js';
import * as claimPages from './storage/claim-pages.js';
import * as claims from './storage/claim-store.js';
import * as codeLists from './storage/code-list-store.js';
import { correctBarrage, retractBarrage } from './storage/correct-barrage.js';
import { correctClaim, retractClaim } from './storage/correct-claim.js';
import { correctDebrisSite, retractDebrisSite } from './storage/correct-debris-site.js';
import type { Database } from './storage/database.js';
import { DatasetFiles } from './storage/dataset-files.js';
import * as debrisSites from './storage/debris-site-store.js';
import * as keys from './storage/key-store.js';
import * as keyUse from './storage/key-use.js';
import { recordBarrage } from './storage/record-barrage.js';
import { recordBatch, rehearseBatch } from './storage/record-batch.js';
import { recordClaim } from './storage/record-claim.js';
import { recordDebrisSite } from './storage/record-debris-site.js';
import { recordReportingEra } from './storage/record-reporting-era.js';
import { recordSource } from './storage/record-source.js';
import { secretNamed } from './storage/secret-store.js';
import { VersionWatch } from './storage/version-watch.js';
import * as versions from './storage/versions.js';

export const API_VERSION = '0.1.0';
type ProcessConfig =
  | 'HOST'
  | 'PORT'
  | 'DATABASE_URL'
  | 'LOG_LEVEL'
  | 'DEMO_DATA'
  | 'SHUTDOWN_SECONDS';
type AppConfig = Omit<Config, ProcessConfig>;

function dependenciesOf(
  db: Database,
  aside: Aside,
  config: AppConfig,
  cursorSecret: string,
): Dependencies {
  return {
    db,
    aside,
    cursors: new Cursors(cursorSecret),
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
    files: new DatasetFiles(db, (version, path) => aside.ask('datasetFile', version, path)),
    watch: new VersionWatch(db, config.FEED_POLL_MS),
    stores: {
      barrages,
      changes,
      claimJson,
      claimPages,
      claims,
      codeLists,
      debrisSites,
      keys,
      keyUse,
      versions,
    },
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

/** The parts that also answer what Fastify answers outside of its hooks, or never sees. */
function frame(deps: Dependencies, config: AppConfig, now: () => number) {
  const cache = new AnswerCache(config.CACHE_MB * 1024 * 1024, now);
  const newest = () => knownVersion(deps);
  const metrics = config.METRICS === 'on' ? new Metrics(cache, deps) : null;
  const limits = new RequestLimits(
    deps,
    { anonymous: config.RATE_LIMIT_PER_MINUTE, keyed: config.RATE_LIMIT_KEYED_PER_MINUTE },
    now,
  );
  const standing = standingHeaders(deps.settings.public_url);
  const log = new AnswerLog(config.LOG_UNCHANGED_EVERY);
  return { cache, newest, metrics, limits, standing, log };
}

const ROUTES = [
  serviceRoutes,
  problemRoutes,
  barrageListRoutes,
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

/**
 * The whole application on an open database: the server, the tests and the spec writer all call it.
 *
 * @param logger Fastify's logger options; false is silent
 * @param now a clock in ms that never goes back, for limits
 */
export async function buildApp(
  db: Database,
  config: AppConfig,
  logger: Logger = false,
  now: () => number = () => performance.now(),
): Promise<FastifyInstance> {
  const aside = await Aside.of(db, config.WAITING_QUESTIONS);
  const deps = dependenciesOf(db, aside, config, await secretNamed(db, 'cursor'));
  const framed = frame(deps, config, now);
  const { cache, metrics } = framed;
  const settings = {
    proxies: config.TRUST_PROXY,
    request_timeout_ms: config.REQUEST_TIMEOUT_MS,
  };
  const app = makeServer(framed, settings, logger);
  handleErrors(app);
  refuseCodedBodies(app);
  logRequests(app, framed.log);
  if (metrics !== null) countAnswers(app, metrics);
  hangUpWhenClosing(app);
  keepStandingHeaders(app, framed.standing);
  limitRequests(app, framed.limits);
  answerOddRequests(app);
  answerPublicly(app, deps, { cache, standing: framed.standing.read });
  // After the last hook that may make a 304, which costs nothing.
  accountForAnswers(app, framed.limits);
  documentRoutes(app, API_VERSION);
  const methods = collectMethods(app);
  for (const plugin of ROUTES) await app.register(plugin, deps);
  await app.register(metricsRoutes, { metrics });
  await specificationRoutes(app);
  answerOtherMethods(app, methods);
  remakeAnswers(app, deps, cache, metrics);
  new Polls(app, { ...framed, addressOf: peerOf(config.TRUST_PROXY) }).goFirst();
  await app.ready();
  return app;
}
