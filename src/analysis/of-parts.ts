import { LRUCache } from 'lru-cache';
import type { CodeListsAt } from '../storage/code-list-store.js';

interface Held<P extends object, T> {
  parts: WeakMap<P, T>;
  size: number;
}

/**
 * What is worked out of parts of the kept sums, nights or months, by what else it depends on. A part is an object that
 * never changes, so it holds as long as the part and the code lists are there; after a write only the parts that it
 * changed are gone through anew. What was not asked for longest is dropped first: anybody may ask for the finest groups
 * there are.
 */
export class OfParts<P extends object, T extends object> {
  readonly #known = new WeakMap<CodeListsAt, LRUCache<string, Held<P, T>>>();

  /**
   * @param bounds how many names are held, and how much under all of them
   * @param sizeOf what is worked out of one part, in the unit of the bound
   */
  constructor(
    private readonly bounds: { names: number; size: number },
    private readonly sizeOf: (made: T) => number,
  ) {}

  /** @param name of all that the result depends on besides part and lists */
  of(lists: CodeListsAt, name: string, make: (part: P) => T): (part: P) => T {
    const named = this.#namedFor(lists);
    let held = named.get(name) ?? { parts: new WeakMap(), size: 1 };
    named.set(name, held);
    return (part) => {
      const known = held.parts.get(part);
      if (known !== undefined) return known;
      const made = make(part);
      held.parts.set(part, made);
      held = { parts: held.parts, size: held.size + this.sizeOf(made) };
      // It may have been dropped meanwhile, as too large by itself.
      if (named.has(name)) named.set(name, held);
      return made;
    };
  }

  #namedFor(lists: CodeListsAt): LRUCache<string, Held<P, T>> {
    const named =
      this.#known.get(lists) ??
      new LRUCache<string, Held<P, T>>({
        max: this.bounds.names,
        maxSize: this.bounds.size,
        sizeCalculation: ({ size }) => size,
      });
    this.#known.set(lists, named);
    return named;
  }
}
