import type { TestApp } from '../support/test-app.js';

/** Which list, asked how, has values for which fields and parameters. The only names of the service that the fuzz knows. */
const LISTS: [address: string, field: string, names: string[]][] = [
  ['/munitions', 'slug', ['munition', 'a_munition', 'b_munition']],
  ['/sources', 'slug', ['source', 'a_source', 'b_source']],
  ['/regions', 'code', ['region', 'a_region', 'b_region']],
  [
    '/barrages?attacker=XXA&defender=XXB&limit=20',
    'night',
    ['from', 'to', 'a_from', 'b_to', 'night'],
  ],
  ['/dataset/versions', 'version', ['as_of']],
  ['/barrages?attacker=XXA&defender=XXB&limit=20', 'id', ['barrages']],
  [
    '/claims?attacker=XXA&defender=XXB&limit=20',
    'id',
    ['claims', 'alternative_to', 'independent_of'],
  ],
  ['/debris-sites?attacker=XXA&defender=XXB&limit=20', 'id', ['debris-sites']],
];
const PARTIES: [string, string[]][] = [
  ['attacker', ['XXA', 'RUS']],
  ['defender', ['XXB', 'UKR']],
];

/** Values that exist now, by the field or parameter that takes them. */
export async function knownValues(test: TestApp): Promise<Map<string, unknown[]>> {
  const known = new Map<string, unknown[]>(PARTIES);
  for (const [address, field, names] of LISTS) {
    const { data } = (await test.app.inject(address)).json<{ data: Record<string, unknown>[] }>();
    const values = data.map((row) => (field === 'version' ? String(row[field]) : row[field]));
    for (const name of names) known.set(name, [...(known.get(name) ?? []), ...values]);
  }
  const { meta } = (await test.app.inject('/stats')).json<{
    meta: { citation: { permalink: string } };
  }>();
  known.set('url', [meta.citation.permalink]);
  return known;
}

/** The known values for one operation: `id` is of the records that its address names. */
export function knownFor(
  known: ReadonlyMap<string, unknown[]>,
  path: string,
): Map<string, unknown[]> {
  const [, kind = ''] = path.split('/');
  return new Map([...known, ['id', known.get(kind) ?? []], ['if-match', ['*']]]);
}
