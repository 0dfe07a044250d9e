import type { FastifyInstance, FastifyRequest } from 'fastify';
import { reachedAt } from './base-address.js';
import type { Dependencies } from './dependencies.js';
import { Problem, type ProblemDetail } from './problem.js';

/** A link to this service: its own address within it. */
interface OwnLink {
  path: string;
  query: URLSearchParams;
}

/** What a statistic answers about itself, as far as it is cited. */
export interface CitedAnswer {
  /** Within this service. */
  path: string;
  query: Record<string, unknown>;
  dataset_version: number;
  as_of: string;
  method_version: number;
  citation: { text: string; permalink: string; digest: string };
}

const refusal = (...errors: { code: string; detail: string }[]): Problem =>
  new Problem('invalid-parameter', 'The query breaks the rules named in errors.', {
    errors: errors.map((error) => ({ parameter: 'url', ...error })),
  });

const NOT_OURS = { code: 'not_ours', detail: 'a link to another service, or none at all' };

/** The link within this service, if it is one. @param bases where the service may be reached */
function ownLink(url: string, bases: readonly string[]): OwnLink {
  const relative = 'http://relative.invalid';
  for (const base of [relative, ...bases]) {
    // A backslash counts as a slash to the parser and would name another host.
    if (!URL.canParse(url, relative) || url.includes('\\')) break;
    const { origin, pathname, searchParams, username, password } = new URL(url, relative);
    const at = new URL(base);
    const prefix = at.pathname.replace(/\/$/, '');
    if (origin !== at.origin || username !== '' || password !== '') continue;
    if (!pathname.startsWith(`${prefix}/`)) continue;
    // "http://relative.invalid/…" written out is not relative.
    if (base === relative && !url.startsWith('/')) continue;
    return { path: pathname.slice(prefix.length), query: searchParams };
  }
  throw refusal(NOT_OURS);
}

const isStatistic = (app: FastifyInstance, path: string): boolean =>
  /^\/stats(\/|$)/.test(path) && app.hasRoute({ method: 'GET', url: path });

const NOT_A_STATISTIC = {
  code: 'not_a_statistic',
  detail: 'only statistics are cited: /stats and what is under it',
};

function linkErrors(errors: readonly ProblemDetail[], detail: string): Problem {
  if (errors.length === 0) return refusal({ code: 'link_refused', detail });
  return refusal(
    ...errors.map((error) => {
      const where = 'parameter' in error ? error.parameter : error.pointer;
      return { code: error.code, detail: `${where} of the link: ${error.detail}` };
    }),
  );
}

/**
 * Asks a link to a pinned statistic of this service again.
 *
 * @throws Problem 400 if it is another's, no statistic, wrong in itself, or not pinned to a dataset version
 */
export async function answerOfLink(
  app: FastifyInstance,
  request: FastifyRequest,
  { settings }: Dependencies,
  url: string,
): Promise<CitedAnswer> {
  const bases = [settings.public_url, reachedAt(request) ?? ''].filter((base) => base !== '');
  const { path, query } = ownLink(url, bases);
  if (!isStatistic(app, path)) throw refusal(NOT_A_STATISTIC);
  const answer = await app.inject({ method: 'GET', url: `${path}?${query}` });
  const { meta, errors = [], detail = '' } = answer.json();
  if (answer.statusCode >= 500) throw new Error(`${path} could not be asked: ${answer.statusCode}`);
  if (answer.statusCode !== 200) throw linkErrors(errors, detail);
  if (meta.citation === undefined) throw refusal(NOT_A_STATISTIC);
  if (!/^\d+$/.test(query.get('as_of') ?? '')) {
    const pinned = `not pinned to a dataset version, so its answer will change; today's is ${meta.citation.permalink}`;
    throw refusal({ code: 'not_pinned', detail: pinned });
  }
  return { ...meta, path };
}
