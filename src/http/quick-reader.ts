import { z } from 'zod';

/** What a reader gives for a value that its schema does not take. */
export const REFUSED = Symbol('refused');

/** Reads a value: gives what the schema gives, or {@link REFUSED} without saying why. */
export type QuickReader<T> = (value: unknown) => T | typeof REFUSED;

type Schema = z.core.$ZodType;
type Fields = Record<string, unknown>;

const AT_ONCE = { async: false };

/** @returns the value, if it passes the checks that are made of a list or an object as a whole */
function passed(schema: Schema, value: unknown): unknown {
  const { checks = [] } = schema._zod.def;
  if (checks.length === 0) return value;
  const payload: z.core.ParsePayload<never> = { value: value as never, issues: [] };
  for (const check of checks) void check._zod.check(payload);
  return payload.issues.length === 0 ? value : REFUSED;
}

function byRule(schema: Schema): QuickReader<unknown> {
  return (value) => {
    const payload = schema._zod.run({ value, issues: [] }, AT_ONCE);
    if (payload instanceof Promise) throw new Error('a rule that waits cannot be read quickly');
    return payload.issues.length === 0 ? payload.value : REFUSED;
  };
}

function listReader(schema: z.ZodArray): QuickReader<unknown> {
  const read = readerOf(schema.element);
  return (list) => {
    if (!Array.isArray(list)) return REFUSED;
    const items: unknown[] = [];
    for (const item of list) {
      const value = read(item);
      if (value === REFUSED) return REFUSED;
      items.push(value);
    }
    return passed(schema, items);
  };
}

/** What an object says that leaves out all that it may; fields that it must not leave out are undefined. */
function unsaid(schema: z.ZodObject): () => Fields {
  const said = Object.entries(schema.shape).flatMap(([key, field]) => {
    if (field._zod.optin === 'optional') return [];
    return [[key, field instanceof z.ZodDefault ? field.def.defaultValue : undefined] as const];
  });
  const fields: Fields = Object.fromEntries(said);
  const lists = said.flatMap(([key, value]) =>
    Array.isArray(value) ? [[key, value] as const] : [],
  );
  return () => {
    const copy = { ...fields };
    // Nobody's list is another one's.
    for (const [key, list] of lists) copy[key] = [...list];
    return copy;
  };
}

function objectReader(schema: z.ZodObject): QuickReader<unknown> {
  const shape = Object.entries(schema.shape);
  const readers = new Map(shape.map(([key, field]) => [key, readerOf(field)]));
  const needed = shape.filter(([, { _zod }]) => _zod.optin === undefined).map(([key]) => key);
  const begin = unsaid(schema);
  return (given) => {
    if (typeof given !== 'object' || given === null || Array.isArray(given)) return REFUSED;
    const fields = begin();
    for (const key of Object.keys(given)) {
      const read = readers.get(key);
      const value = read === undefined ? REFUSED : read((given as Fields)[key]);
      if (value === REFUSED) return REFUSED;
      fields[key] = value;
    }
    return needed.every((key) => fields[key] !== undefined) ? passed(schema, fields) : REFUSED;
  };
}

const isStrict = (schema: Schema): schema is z.ZodObject =>
  schema instanceof z.ZodObject && schema.def.catchall instanceof z.ZodNever;

function readerOf(schema: Schema): QuickReader<unknown> {
  if (schema instanceof z.ZodDefault) return readerOf(schema.def.innerType);
  if (schema instanceof z.ZodArray) return listReader(schema);
  return isStrict(schema) ? objectReader(schema) : byRule(schema);
}

/**
 * Makes a reader of JSON values from a schema of strict objects. It holds to the schema's own rules, but asks them of
 * what a value says and not of what it leaves out: of the 36 fields of a claim most say eight, and zod takes as long for
 * each of the others and leaves a hundred bytes behind. Who is to be told why a value is refused has zod parse it.
 */
export const quickReader = <S extends z.ZodType>(schema: S): QuickReader<z.output<S>> =>
  readerOf(schema) as QuickReader<z.output<S>>;
