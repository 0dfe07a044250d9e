import type { Category } from '../domain/munition.js';
import type { CodeListsAt } from '../storage/code-list-store.js';
import { didYouMean } from './did-you-mean.js';
import { Problem, type ProblemDetail } from './problem.js';

/** Codes as they were asked for. */
export interface AskedCodes {
  munition?: readonly string[] | undefined;
  source?: readonly string[] | undefined;
  region?: readonly string[] | undefined;
  category?: readonly Category[] | undefined;
}

type Resolver = (code: string) => string | undefined;

function resolveAll(
  parameter: string,
  codes: readonly string[] | undefined,
  resolve: Resolver,
  known: readonly string[],
  errors: ProblemDetail[],
): string[] | undefined {
  return codes?.flatMap((code) => {
    const found = resolve(code);
    if (found !== undefined) return [found];
    const detail = `no ${parameter} "${code}" is known${didYouMean(code, known)}`;
    errors.push({ parameter, code: 'unknown_code', detail });
    return [];
  });
}

/**
 * The codes of a query as the code lists spell them: munition aliases become slugs, everything else matches exactly.
 *
 * @throws Problem 400 naming every code that is not known
 */
export function resolveCodes(asked: AskedCodes, lists: CodeListsAt) {
  const errors: ProblemDetail[] = [];
  const slugs = new Map(
    lists.munitions.flatMap(({ slug, aliases }) => aliases.map((a) => [a, slug])),
  );
  for (const { slug } of lists.munitions) slugs.set(slug, slug);
  const sources = lists.sources.map(({ slug }) => slug);
  const regions = lists.regions.map(({ code }) => code);
  const among = (known: readonly string[]) => (code: string) =>
    known.includes(code) ? code : undefined;
  const resolved = {
    munition: resolveAll(
      'munition',
      asked.munition,
      (c) => slugs.get(c),
      [...slugs.keys()],
      errors,
    ),
    source: resolveAll('source', asked.source, among(sources), sources, errors),
    region: resolveAll('region', asked.region, among(regions), regions, errors),
  };
  if (errors.length === 0) return resolved;
  throw new Problem('invalid-parameter', 'The query breaks the rules named in errors.', { errors });
}
