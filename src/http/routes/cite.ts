import { z } from 'zod';
import { apaOf } from '../apa.js';
import { baseAddress } from '../base-address.js';
import { bibtexOf } from '../bibtex.js';
import { answerOfLink, type CitedAnswer } from '../cited-link.js';
import { cslJsonOf } from '../csl-json.js';
import type { Dependencies, ZodApp } from '../dependencies.js';
import { metaOf } from '../meta.js';
import type { Reference } from '../reference.js';
import { citationSchema } from '../schemas/citation.js';
import { itemOf, problemResponses } from '../schemas/envelope.js';

const URL_MAX = 8_000;
const querystring = z.strictObject({
  url: z
    .string()
    .min(1)
    .max(URL_MAX)
    .describe('A permalink of this service, as in `meta.citation`, percent-encoded.')
    .meta({ examples: ['/stats?from=2024-09-07&to=2024-09-07&as_of=2'] }),
});

function titleOf({ path, query }: CitedAnswer): string {
  const { attacker, defender, from, to } = query;
  const window =
    from === undefined && to === undefined ? '' : `, nights ${from ?? '…'} to ${to ?? '…'}`;
  return `Interception statistics ${path}: claims about ${attacker} against ${defender}${window}`;
}

/** `/cite`: a permalink in the forms that reference managers and journals take. */
export async function citeRoutes(app: ZodApp, deps: Dependencies): Promise<void> {
  const { db, stores } = deps;
  app.route({
    method: 'GET',
    url: '/cite',
    schema: {
      operationId: 'citePermalink',
      summary: 'A permalink as BibTeX, CSL-JSON and APA',
      description:
        'The link is asked again, so that the digest is that of its answer. It must name a dataset version (`as_of`).',
      tags: ['dataset'],
      security: [],
      querystring,
      response: {
        200: itemOf(citationSchema),
        ...problemResponses('invalid-parameter', 'malformed-request'),
      },
    },
    handler: async (request) => {
      const { url } = request.query;
      const base = baseAddress(request, deps);
      const answer = await answerOfLink(app, request, deps, url);
      const { citation, dataset_version, as_of, method_version } = answer;
      const permalink = new URL(citation.permalink, base).href;
      const reference: Reference = {
        title: titleOf(answer),
        author: 'barrage-stats',
        version: dataset_version,
        method_version,
        issued: as_of,
        accessed: new Date().toISOString(),
        permalink,
        digest: citation.digest,
      };
      const data = {
        text: citation.text.replace(citation.permalink, permalink),
        bibtex: bibtexOf(reference),
        csl_json: cslJsonOf(reference),
        apa: apaOf(reference),
        permalink,
        digest: citation.digest,
      };
      const version = await stores.versions.currentVersion(db);
      return { data, meta: metaOf(version, { url }) } as never;
    },
  });
}
