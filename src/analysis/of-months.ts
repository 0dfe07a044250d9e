import { LRUCache } from 'lru-cache';
import type { CodeListsAt } from '../storage/code-list-store.js';
import type { KeptMonth } from '../storage/kept-sums.js';

interface Held<T> {
  months: WeakMap<KeptMonth, T>;
  size: number;
}

/**
 * What is worked out of months of kept sums, by what else it depends on. A month is an object that never changes, so it
 * holds as long as the month and the code lists are there; after a write only the months that it changed are gone
 * through anew. What was not asked for longest is dropped first: anybody may ask for the finest groups there are.
 */
export class OfMonths<T extends object> {
  readonly #known = new WeakMap<CodeListsAt, LRUCache<string, Held<T>>>();

  /**
   * @param bounds how many names are held, and how much under all of them
   * @param sizeOf what is worked out of one month, in the unit of the bound
   */
  constructor(
    private readonly bounds: { names: number; size: number },
    private readonly sizeOf: (made: T) => number,
  ) {}

  /** @param name of all that the result depends on besides month and lists */
  of(lists: CodeListsAt, name: string, make: (month: KeptMonth) => T): (month: KeptMonth) => T {
    const named = this.#namedFor(lists);
    let held = named.get(name) ?? { months: new WeakMap(), size: 1 };
    named.set(name, held);
    return (month) => {
      const known = held.months.get(month);
      if (known !== undefined) return known;
      const made = make(month);
      held.months.set(month, made);
      held = { months: held.months, size: held.size + this.sizeOf(made) };
      // It may have been dropped meanwhile, as too large by itself.
      if (named.has(name)) named.set(name, held);
      return made;
    };
  }

  #namedFor(lists: CodeListsAt): LRUCache<string, Held<T>> {
    const named =
      this.#known.get(lists) ??
      new LRUCache<string, Held<T>>({
        max: this.bounds.names,
        maxSize: this.bounds.size,
        sizeCalculation: ({ size }) => size,
      });
    this.#known.set(lists, named);
    return named;
  }
}
