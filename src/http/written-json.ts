import { isLasting } from '../analysis/lasting.js';

/** Plain data as JSON: as JSON.stringify writes it, and in the canonical form (RFC 8785) of which a digest is made. */
export interface WrittenJson {
  plain: string;
  canonical: string;
}

/** A key as it is written: as the first member of its object, and after another one. */
interface Label {
  key: string;
  first: string;
  next: string;
}

/** The keys that objects of one kind have, and how they are written in the order of each form. */
interface Shape extends Record<keyof WrittenJson, readonly Label[]> {
  keys: readonly string[];
}

// Of many equal rows each is like the one before: the last shape that begins with a key is known.
const SHAPES_MAX = 256;
const lastShapes = new Map<string, Shape>();

const byCodeUnits = (one: Label, other: Label): number => (one.key < other.key ? -1 : 1);

function isLike(keys: readonly string[], shape: Shape | undefined): shape is Shape {
  if (keys.length !== shape?.keys.length) return false;
  for (let index = 0; index < keys.length; index += 1) {
    if (keys[index] !== shape.keys[index]) return false;
  }
  return true;
}

function shapeOf(keys: readonly string[]): Shape {
  const [first = ''] = keys;
  const last = lastShapes.get(first);
  if (isLike(keys, last)) return last;
  const plain = keys.map((key) => {
    const text = `${JSON.stringify(key)}:`;
    return { key, first: `{${text}`, next: `,${text}` };
  });
  const shape = { keys, plain, canonical: plain.toSorted(byCodeUnits) };
  // What data name their members is as many as a client likes.
  if (lastShapes.size === SHAPES_MAX) lastShapes.clear();
  lastShapes.set(first, shape);
  return shape;
}

const kept = new WeakMap<object, WrittenJson>();

/** A text of its own: one that was put together keeps all its pieces alive. */
const alone = (text: string): string => Buffer.from(text).toString();

function keptText(figures: object): WrittenJson {
  const known = kept.get(figures);
  if (known !== undefined) return known;
  const canonical = alone(new Writer('canonical').object(figures));
  const text = { plain: JSON.stringify(figures), canonical };
  kept.set(figures, text);
  return text;
}

/** Writes one of the forms. */
class Writer {
  /** Whether some of it was written before. */
  metLasting = false;

  constructor(private readonly form: keyof WrittenJson) {}

  write(value: unknown): string {
    // Of a number and of what is fixed, String writes the same text in a fraction of the time.
    if (typeof value === 'string') return JSON.stringify(value);
    if (typeof value === 'number') return Number.isFinite(value) ? String(value) : 'null';
    if (typeof value !== 'object' || value === null) return String(value);
    if (Array.isArray(value)) return this.#array(value);
    if (!isLasting(value)) return this.object(value);
    this.metLasting = true;
    return keptText(value)[this.form];
  }

  object(object: object): string {
    let text = '';
    for (const { key, first, next } of shapeOf(Object.keys(object))[this.form]) {
      const value: unknown = Reflect.get(object, key);
      if (value !== undefined) text += (text === '' ? first : next) + this.write(value);
    }
    return text === '' ? '{}' : `${text}}`;
  }

  #array(values: readonly unknown[]): string {
    let text = '';
    for (const value of values) {
      text += (text === '' ? '[' : ',') + (value === undefined ? 'null' : this.write(value));
    }
    return text === '' ? '[]' : `${text}]`;
  }
}

/**
 * Writes plain data as JSON.stringify does, and in the canonical form: the same with the keys of each object in the order
 * of their UTF-16 code units. Members that are undefined are left out; in an array such a value is null, and so is a
 * number that is not finite. Lasting figures are written once.
 *
 * @param data made of objects, arrays, texts, numbers, booleans and null
 * @example writtenJson({ b: 2, a: [1, null] }) // => {"plain":"{\"b\":2,\"a\":[1,null]}","canonical":"{\"a\":[1,null],\"b\":2}"}
 */
export function writtenJson(data: object): WrittenJson {
  const writer = new Writer('canonical');
  const canonical = writer.write(data);
  // Where all of it has to be written, nothing is as quick as JSON.stringify.
  const plain = writer.metLasting ? new Writer('plain').write(data) : JSON.stringify(data);
  return { plain, canonical };
}
