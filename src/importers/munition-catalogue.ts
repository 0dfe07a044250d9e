import { componentNames, type Munition, unknownMunition } from '../domain/munition.js';
import { sameValue } from '../domain/same-value.js';
import { slugOf, slugSchema } from '../domain/slug.js';
import type { ListedMunition } from './munitions-file.js';

/** What a model's name stands for, and whether anybody has put it into a category. */
export interface FoundMunition {
  munition: Munition;
  known: boolean;
}

/**
 * The munitions during one import: those of the database, overridden by the munitions file where one is given, and
 * those that the rows turn out to name.
 *
 * A munition that the database has in a category keeps it when the file does not list it: somebody described it, and
 * the silence of another list is no reason to forget that.
 */
export class MunitionCatalogue {
  readonly #munitions = new Map<string, Munition>();
  readonly #aliases = new Map<string, string>();
  readonly #changed = new Map<string, Munition>();
  /** Answers of {@link find}, dropped when a munition is added: thousands of rows name some seventy models. */
  readonly #found = new Map<string, FoundMunition>();

  constructor(stored: readonly Munition[], listed: readonly ListedMunition[]) {
    for (const munition of stored) {
      this.#munitions.set(munition.slug, munition);
      for (const alias of munition.aliases) this.#aliases.set(alias, munition.slug);
    }
    const before = new Map(this.#munitions);
    // All names first: a bundle may stand before its parts.
    for (const { slug, name, category } of listed) {
      const aliases = before.get(slug)?.aliases ?? [];
      this.#munitions.set(slug, { slug, name, category, aliases, components: [] });
    }
    for (const { slug, name, category } of listed) {
      const aliases = before.get(slug)?.aliases ?? [];
      const munition = { slug, name, category, aliases, components: this.#components(name) };
      this.#munitions.set(slug, munition);
      if (!sameValue(munition, before.get(slug))) this.#changed.set(slug, munition);
    }
  }

  /** Munitions to create or to correct. */
  get changed(): Munition[] {
    return [...this.#changed.values()];
  }

  /** The munition of a model's name, by slug and then by alias; a new one, not yet added, if there is none. */
  find(model: string): FoundMunition {
    const answered = this.#found.get(model);
    if (answered !== undefined) return answered;
    const slug = this.#resolve(slugOf(model));
    const munition = this.#munitions.get(slug) ?? { ...unknownMunition(model), components: [] };
    const found = { munition, known: munition.category !== 'uncategorised' };
    this.#found.set(model, found);
    return found;
  }

  /** Adds a munition that {@link find} made up, with the parts of its bundle; one that is there stays as it is. */
  add(munition: Munition): void {
    if (this.#munitions.has(munition.slug)) return;
    this.#found.clear();
    const added = { ...munition, components: this.#components(munition.name) };
    this.#munitions.set(added.slug, added);
    this.#changed.set(added.slug, added);
  }

  #resolve(slug: string): string {
    return this.#munitions.has(slug) ? slug : (this.#aliases.get(slug) ?? slug);
  }

  #components(name: string): string[] {
    const parts = componentNames(name).filter((part) => slugSchema.safeParse(slugOf(part)).success);
    const munitions = parts.map((part) => this.find(part).munition);
    for (const munition of munitions) this.add(munition);
    return [...new Set(munitions.map(({ slug }) => slug))];
  }
}
