import fc from 'fast-check';
import type { Schema, Specification } from './specification.js';

type Values = fc.Arbitrary<unknown>;

// fast-check spells no Unicode properties: a piece of each stands for it, and the pattern itself has the last word.
const PROPERTIES: Record<string, string> = {
  '\\p{L}': 'A-Za-zА-Яа-яіїєґé',
  '\\p{Ll}': 'a-zа-яіїєґé',
  '\\p{Lm}': '',
  '\\p{Lo}': '文',
  '\\p{Zs}': ' ',
  '\\p{N}': '0-9',
  '\\p{Cc}': '\\x00-\\x1f\\x7f',
  '\\p{Cs}': '\\ud800-\\udfff',
  // Said without properties (src/http/openapi-clean.ts), a class lets signs and capitals through that are no slug.
  '0-9a-z\\u00aa-\\uffff': '0-9a-zа-яіїєґé文',
  '0-9A-Za-z\\u00aa-\\uffff': '0-9A-Za-zА-Яа-яіїєґé文',
};
const spelled = (pattern: string): string =>
  Object.entries(PROPERTIES).reduce(
    (text, [property, piece]) => text.replaceAll(property, piece),
    pattern,
  );

// Length is counted in characters, as JSON Schema does: "😀" is one.
const LONG_PIECES = ['x', 'є', '😀', '=', '"'];

function texts({ pattern, minLength = 0, maxLength }: Schema): fc.Arbitrary<string> {
  const most = Math.min(maxLength ?? 60, 60);
  const usual =
    pattern === undefined
      ? fc.string({ unit: 'binary', minLength, maxLength: most })
      : fc.stringMatching(new RegExp(spelled(pattern), 'u'), { size: 'small' });
  if (maxLength === undefined) return usual;
  const longest = fc.constantFrom(...LONG_PIECES).map((piece) => piece.repeat(maxLength));
  return fc.oneof({ weight: 12, arbitrary: usual }, { weight: 1, arbitrary: longest });
}

const dates = fc
  .date({ min: new Date('1900-01-01'), max: new Date('2199-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString());
const FORMATS: Record<string, fc.Arbitrary<string>> = {
  date: dates.map((text) => text.slice(0, 10)),
  'date-time': dates,
  uri: fc.webUrl({ withQueryParameters: true, withFragments: true }),
};

function numbers({ minimum, exclusiveMinimum, maximum, multipleOf, type }: Schema): Values {
  const least = minimum ?? exclusiveMinimum ?? -1e9;
  const step = type === 'integer' ? 1 : (multipleOf ?? 1e-4);
  const most = maximum ?? 1e9;
  const steps = fc.integer({ min: Math.ceil(least / step), max: Math.floor(most / step) });
  const small = fc.integer({
    min: Math.ceil(least / step),
    max: Math.min(most, least + 100) / step,
  });
  // 7 * 0.0001 is 0.0007000000000000001: what a client would write is the shorter text.
  return fc.oneof(steps, small).map((count) => Number((count * step).toFixed(6)));
}

/** Values of a schema: every value it accepts can come, and nothing else. */
export class SchemaArbitrary {
  constructor(
    private readonly specification: Specification,
    /** Values that exist, by the name of the field or parameter that takes them. */
    private readonly known: ReadonlyMap<string, readonly unknown[]>,
  ) {}

  /** @param name of the field or parameter, for values that exist */
  of(schema: Schema, name = ''): Values {
    const accepted = (value: unknown) => this.specification.accepts(schema, value);
    const made = this.#made(this.specification.resolve(schema)).filter(accepted);
    const real = [...(this.known.get(name) ?? []), ...(schema.examples ?? [])].filter(accepted);
    if (real.length === 0) return made;
    return fc.oneof(
      { weight: 3, arbitrary: fc.constantFrom(...real) },
      { weight: 1, arbitrary: made },
    );
  }

  #made(schema: Schema): Values {
    const { type, enum: values, anyOf, oneOf, format = '' } = schema;
    if (values !== undefined) return fc.constantFrom(...values);
    if (schema.const !== undefined) return fc.constant(schema.const);
    const choices = anyOf ?? oneOf;
    if (choices !== undefined) return fc.oneof(...choices.map((choice) => this.of(choice)));
    if (Array.isArray(type)) {
      return fc.oneof(...type.map((one) => this.of({ ...schema, type: one })));
    }
    if (type === 'string') return FORMATS[format] ?? texts(schema);
    if (type === 'integer' || type === 'number') return numbers(schema);
    if (type === 'boolean') return fc.boolean();
    if (type === 'array') return this.#list(schema);
    if (type === 'object') return this.#object(schema);
    return type === 'null' ? fc.constant(null) : fc.jsonValue({ maxDepth: 2 });
  }

  #list({ items = {}, minItems = 0, maxItems = 3 }: Schema): Values {
    return fc.array(this.of(items), { minLength: minItems, maxLength: Math.min(maxItems, 3) });
  }

  #object(schema: Schema): Values {
    const { properties, required = [], additionalProperties, propertyNames } = schema;
    if (properties !== undefined) {
      const fields: Record<string, Values> = {};
      for (const [name, field] of Object.entries(properties)) fields[name] = this.of(field, name);
      return fc.record(fields, { requiredKeys: required, noNullPrototype: true });
    }
    if (typeof additionalProperties !== 'object') return fc.constant({});
    const keys = propertyNames === undefined ? fc.string() : this.of(propertyNames);
    return fc.dictionary(keys as fc.Arbitrary<string>, this.of(additionalProperties), {
      maxKeys: 3,
      noNullPrototype: true,
    });
  }
}
