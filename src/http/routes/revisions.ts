import { z } from 'zod';
import { barrageIdSchema } from '../../domain/barrage.js';
import type { RevisedEntity } from '../../domain/change.js';
import { claimIdSchema } from '../../domain/claim.js';
import { debrisSiteIdSchema } from '../../domain/debris-site.js';
import { versionFor } from '../as-of.js';
import type { Dependencies, ZodApp } from '../dependencies.js';
import { metaOf } from '../meta.js';
import { Problem } from '../problem.js';
import { QUESTION } from '../public-answers.js';
import { asOfParameter } from '../query-schemas.js';
import { ITEM_PROBLEMS, listOf, problemResponses } from '../schemas/envelope.js';
import { revisionSchema } from '../schemas/history.js';

interface Revised {
  entity: RevisedEntity;
  url: string;
  name: string;
  id: z.ZodType<string>;
  tag: string;
}

const REVISED: readonly Revised[] = [
  { entity: 'barrage', url: '/barrages', name: 'Barrage', id: barrageIdSchema, tag: 'barrages' },
  { entity: 'claim', url: '/claims', name: 'Claim', id: claimIdSchema, tag: 'claims' },
  {
    entity: 'debris_site',
    url: '/debris-sites',
    name: 'DebrisSite',
    id: debrisSiteIdSchema,
    tag: 'debris sites',
  },
];

function revisionsRoute(
  app: ZodApp,
  deps: Dependencies,
  { entity, url, name, id, tag }: Revised,
): void {
  app.route({
    method: 'GET',
    url: `${url}/:id/revisions`,
    config: { answer: QUESTION },
    schema: {
      operationId: `list${name}Revisions`,
      summary: 'Every revision: when it was recorded, by whom, why, and what changed',
      description: 'Oldest first; a retraction is the last one. Field by field, old and new.',
      tags: [tag],
      security: [],
      params: z.strictObject({ id }),
      querystring: z.strictObject({ as_of: asOfParameter }),
      response: { 200: listOf(revisionSchema), ...problemResponses(...ITEM_PROBLEMS) },
    },
    handler: async ({ params, query }) => {
      const version = await versionFor(deps, query.as_of);
      const { db, stores } = deps;
      const data = await stores.changes.listRevisions(db, entity, params.id, version.version);
      if (data.length > 0) return { data, meta: metaOf(version, query) };
      throw new Problem(
        'not-found',
        `Nothing was recorded as "${params.id}" by version ${version.version}.`,
      );
    },
  });
}

/** `/{barrages,claims,debris-sites}/{id}/revisions`: the history of a record. */
export async function revisionRoutes(app: ZodApp, deps: Dependencies): Promise<void> {
  for (const revised of REVISED) revisionsRoute(app, deps, revised);
}
