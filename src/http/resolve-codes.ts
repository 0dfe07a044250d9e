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

/** What a parameter may name: how a code is spelled, and all spellings that are known. */
interface Known {
  resolve: Resolver;
  codes: readonly string[];
}

function resolveAll(
  parameter: string,
  asked: readonly string[] | undefined,
  known: () => Known,
  errors: ProblemDetail[],
): string[] | undefined {
  // Most questions name none, and a list of them is longer than the rest of a question takes.
  if (asked === undefined) return undefined;
  const { resolve, codes } = known();
  return asked.flatMap((code) => {
    const found = resolve(code);
    if (found !== undefined) return [found];
    const detail = `no ${parameter} "${code}" is known${didYouMean(code, codes)}`;
    errors.push({ parameter, code: 'unknown_code', detail });
    return [];
  });
}

const knownMunitions = ({ munitions }: CodeListsAt): Known => {
  const slugs = new Map(munitions.flatMap(({ slug, aliases }) => aliases.map((a) => [a, slug])));
  for (const { slug } of munitions) slugs.set(slug, slug);
  return { resolve: (code) => slugs.get(code), codes: [...slugs.keys()] };
};

const exactly = (codes: readonly string[]): Known => ({
  resolve: (code) => (codes.includes(code) ? code : undefined),
  codes,
});

/**
 * The codes of a query as the code lists spell them: munition aliases become slugs, everything else matches exactly.
 *
 * @throws Problem 400 naming every code that is not known
 */
export function resolveCodes(asked: AskedCodes, lists: CodeListsAt) {
  const errors: ProblemDetail[] = [];
  const sources = () => exactly(lists.sources.map(({ slug }) => slug));
  const regions = () => exactly(lists.regions.map(({ code }) => code));
  const resolved = {
    munition: resolveAll('munition', asked.munition, () => knownMunitions(lists), errors),
    source: resolveAll('source', asked.source, sources, errors),
    region: resolveAll('region', asked.region, regions, errors),
  };
  if (errors.length === 0) return resolved;
  throw new Problem('invalid-parameter', 'The query breaks the rules named in errors.', { errors });
}
