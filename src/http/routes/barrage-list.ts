import { z } from 'zod';
import { listByConflict } from '../../analysis/barrage-conflicts.js';
import type { PageRequest } from '../../storage/page.js';
import { claimFilterOf, echoOf, resolvedBy, restrictsClaims } from '../asked.js';
import { INCLUDES, servedBarrages } from '../barrage-pages.js';
import type { Dependencies, ZodApp } from '../dependencies.js';
import { addList } from '../list-route.js';
import { jsonRowOf } from '../list-selection.js';
import {
  basisParameter,
  claimParameters,
  commaList,
  flagParameter,
  launchedParameters,
  scopeParameter,
  sideParameter,
} from '../query-schemas.js';
import { barrageSchema } from '../schemas/records.js';

const includeParameter = commaList(z.enum(INCLUDES)).describe('Parts to give inside a barrage.');

/** `GET /barrages`: barrages by what they are and by the claims that they hold. */
export async function barrageListRoutes(app: ZodApp, deps: Dependencies): Promise<void> {
  const { db, stores } = deps;
  addList(app, deps, {
    url: '/barrages',
    operationId: 'listBarrages',
    summary: 'Barrages with totals per munition, newest night first',
    description:
      'Filters of claims select barrages that hold at least one claim meeting all of them; the totals are always those of the whole barrage.',
    tag: 'barrages',
    item: barrageSchema,
    parameters: {
      ...claimParameters,
      ...launchedParameters,
      side: sideParameter.optional().describe('Barrages with a claim of this side.'),
      scope: scopeParameter.optional().describe('Barrages with a claim of such a scope.'),
      basis: basisParameter.optional().describe('Barrages with a claim of such a basis.'),
      has_debris: flagParameter.optional().describe('Barrages with, or without, a debris site.'),
      has_conflict: flagParameter
        .optional()
        .describe('Barrages whose claims contradict each other, or do not.'),
      include: includeParameter.optional(),
    },
    open: async (query, version) => {
      const lists = await stores.codeLists.codeListsAt(db, version);
      const asked = resolvedBy(deps, query, lists);
      const { has_debris, has_conflict, include = [], updated_after } = query;
      const claims = claimFilterOf(asked, { ...query, updated_after: undefined }, lists.sources);
      const { from, to, attackers, defenders } = claims.filter;
      const with_claim = restrictsClaims(claims.filter) ? claims.filter : undefined;
      const pair = { from, to, attackers, defenders };
      const filter = { ...pair, has_debris, updated_after, with_claim };
      const list = (page: PageRequest) =>
        has_conflict === undefined
          ? stores.barrages.listBarrages(db, version, filter, page)
          : listByConflict(db, version, filter, page, has_conflict);
      const all = { limit: Number.MAX_SAFE_INTEGER, descending: false };
      return {
        echo: {
          ...echoOf(asked),
          ...claims.echo,
          has_debris,
          has_conflict,
          include,
          updated_after,
        },
        rows: async (page, fields) => {
          const rows = await servedBarrages(deps, version, await list(page), include);
          return rows.map((row) => jsonRowOf(row, fields));
        },
        count: async () =>
          has_conflict === undefined
            ? stores.barrages.countBarrages(db, version, filter)
            : (await list(all)).length,
      };
    },
  });
}
