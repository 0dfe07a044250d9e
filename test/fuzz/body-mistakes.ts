import type { Mistake } from './invalid-request.js';
import type { FuzzRequest } from './request.js';
import type { Schema, Specification } from './specification.js';

const WRONG = ['', 'nothing like this', '1', 'x'.repeat(5001), '\u0000', '\ud800', '2024-02-30'];
const WRONG_VALUES = [
  ...WRONG,
  -1,
  1.5,
  1e9,
  0,
  true,
  null,
  [],
  [{}],
  {},
  { nothing: 'like this' },
];

type Step = string | number;

/** A document with another value in one place; undefined takes the place away. */
function changed(document: unknown, [step, ...rest]: readonly Step[], value: unknown): unknown {
  if (step === undefined) return value;
  const inner = changed(Reflect.get(Object(document), step), rest, value);
  if (Array.isArray(document)) return document.map((item, at) => (at === step ? inner : item));
  const { [step]: _, ...others } = document as Record<string, unknown>;
  return inner === undefined ? others : { ...others, [step]: inner };
}

const pointerTo = (path: readonly Step[]): string =>
  path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

type Place = { path: Step[]; schema: Schema; value: unknown };

/** Every place of a document, with the schema that holds there. */
function* places(specification: Specification, place: Place): Generator<Place> {
  yield place;
  const { path, value } = place;
  const outer = specification.resolve(place.schema);
  const schema = outer.anyOf?.find((choice) => specification.accepts(choice, value)) ?? outer;
  const { properties = {}, additionalProperties, items = {} } = specification.resolve(schema);
  if (Array.isArray(value)) {
    for (const [at, item] of value.entries()) {
      yield* places(specification, { path: [...path, at], schema: items, value: item });
    }
  } else if (typeof value === 'object' && value !== null) {
    for (const [name, field] of Object.entries(value)) {
      const other = typeof additionalProperties === 'object' ? additionalProperties : {};
      const inner = properties[name] ?? other;
      yield* places(specification, { path: [...path, name], schema: inner, value: field });
    }
  }
}

/** What can be wrong in one place: its value, a field too many, a field too few, too many items. */
function* changes(
  specification: Specification,
  place: Place,
): Generator<[string, Step[], unknown]> {
  const { path, value } = place;
  const schema = specification.resolve(place.schema);
  for (const wrong of WRONG_VALUES) {
    if (!specification.accepts(place.schema, wrong)) yield ['a wrong value', path, wrong];
  }
  const { additionalProperties, required = [], maxItems } = schema;
  if (additionalProperties === false) yield ['an unknown field', [...path, 'no_such_field'], 1];
  for (const name of required) yield ['a missing field', [...path, name], undefined];
  if (maxItems !== undefined && Array.isArray(value) && value.length > 0) {
    yield ['too many items', path, Array(maxItems + 1).fill(value[0])];
  }
}

/** Ways to break the schema of a body in one place. */
export function bodyMistakes(
  specification: Specification,
  request: FuzzRequest,
): (() => Mistake)[] {
  const { operation, media, body } = request;
  const schema = operation.bodies.find(([type]) => type === media)?.[1];
  if (schema === undefined) return [];
  const mistakes: (() => Mistake)[] = [];
  for (const place of places(specification, { path: [], schema, value: body })) {
    for (const [what, path, value] of changes(specification, place)) {
      // A stream has lines, not a document that could be something else than a list.
      if (media === 'application/x-ndjson' && path.length === 0) continue;
      mistakes.push(() => ({
        request: { ...request, body: changed(body, path, value) },
        what: `${what}: ${pointerTo(path)}`,
        named: { pointer: pointerTo(path) },
      }));
    }
  }
  return mistakes;
}
