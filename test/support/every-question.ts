import type { Operation, Parameter } from '../fuzz/specification.js';
import type { TestApp } from './test-app.js';

/** Values of parameters for which the specification names none that finds something, or only one of several kinds. */
const VALUES: Readonly<Record<string, readonly string[]>> = {
  as_of: ['3', 'latest', 'now'],
  a_from: ['2023-02-01'],
  b_from: ['2024-02-01'],
  launch_place: ['Yeysk'],
  limit: ['2'],
  max_launched: ['60'],
  min_launched: ['2'],
  updated_after: ['2023-01-01T00:00:00Z'],
};
/** Parameters that are taken only beside another one. */
const BESIDE: Readonly<Record<string, readonly [string, string]>> = { limit: ['explain', 'true'] };

function valuesOf({ name, schema, example }: Parameter): readonly string[] {
  const listed = schema.type === 'boolean' ? [true, false] : (schema.enum ?? []);
  const values = VALUES[name] ?? (listed.length > 0 ? listed : [example]).map(String);
  return values.map((value) => (value === 'now' ? new Date().toISOString() : value));
}

/**
 * Asks the question of a read again with each value of each of its parameters, and for the page after each answer.
 *
 * @returns for each parameter, whether any of its values was answered
 */
export async function askInEveryWay(
  { app }: TestApp,
  asked: string,
  { parameters }: Operation,
): Promise<ReadonlyMap<string, boolean>> {
  const [path = '', search = ''] = asked.split('?');
  const answered = new Map<string, boolean>();
  for (const parameter of parameters) {
    const { name } = parameter;
    if (parameter.in !== 'query' || name === 'cursor') continue;
    const others = [...new URLSearchParams(search)].filter(([other]) => other !== name);
    const [beside, is] = BESIDE[name] ?? [];
    if (beside !== undefined && is !== undefined && parameters.some((p) => p.name === beside)) {
      others.push([beside, is]);
    }
    for (const value of valuesOf(parameter)) {
      const query = new URLSearchParams([...others, [name, value]]);
      const { statusCode, body } = await app.inject({ url: `${path}?${query}` });
      answered.set(name, answered.get(name) === true || statusCode === 200);
      const [, cursor] = /"next_cursor":"([^"]+)"/.exec(body) ?? [];
      if (cursor === undefined) continue;
      query.set('cursor', cursor);
      await app.inject({ url: `${path}?${query}` });
    }
  }
  return answered;
}
