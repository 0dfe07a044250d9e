import fc from 'fast-check';
import type { FuzzRequest } from './request.js';
import type { SchemaArbitrary } from './schema-arbitrary.js';
import type { Operation, Parameter } from './specification.js';

// A question with all of its parameters is nearly always answered with nothing.
const GIVEN = 0.2;
// A cursor is only good for the question it came from: the oracle follows the real ones.
const RARELY = new Map([['cursor', 0.01]]);

/** Numbers are written as people write them: `1e-7` is no text that a decimal parameter takes. */
const written = (value: unknown): string =>
  typeof value === 'number' ? value.toFixed(6).replace(/\.?0+$/, '') : String(value);

// Half a surrogate pair has no spelling in an address.
const isWellFormed = (text: string): boolean => Buffer.from(text).toString() === text;

function parameterTexts(
  values: SchemaArbitrary,
  { name, in: place, required, schema }: Parameter,
): fc.Arbitrary<string | null> {
  const texts = values
    .of(schema, name)
    .map(written)
    // An empty part of an address or query is nothing, and a header is visible ASCII.
    .filter(
      (text) => text !== '' && isWellFormed(text) && (place !== 'header' || /^[!-~]+$/.test(text)),
    );
  if (required) return texts;
  const given = RARELY.get(name) ?? (place === 'header' ? 0.6 : GIVEN);
  return fc.oneof(
    { weight: 1000 * given, arbitrary: texts },
    { weight: 1000 * (1 - given), arbitrary: fc.constant(null) },
  );
}

/** Requests that the specification allows. */
export function validRequests(
  values: SchemaArbitrary,
  operation: Operation,
): fc.Arbitrary<FuzzRequest> {
  const named = operation.parameters.map((parameter) =>
    parameterTexts(values, parameter).map((text) => ({ ...parameter, text })),
  );
  const bodies =
    operation.bodies.length === 0
      ? fc.constant({})
      : fc.oneof(
          ...operation.bodies.map(([media, schema]) =>
            values.of(schema, operation.id).map((body) => ({ media, body })),
          ),
        );
  return fc.tuple(fc.tuple(...named), bodies).map(([parameters, body]) => {
    const at = (place: string) =>
      parameters
        .filter((parameter) => parameter.in === place && parameter.text !== null)
        .map(({ name, text }): [string, string] => [name, text ?? '']);
    return {
      operation,
      path: Object.fromEntries(at('path')),
      query: at('query'),
      headers: Object.fromEntries(at('header')),
      ...body,
    };
  });
}
