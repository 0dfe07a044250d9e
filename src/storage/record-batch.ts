import type { BarrageInput } from '../domain/barrage-input.js';
import {
  BatchRefused,
  type FieldError,
  InvalidRecord,
  type Outcome,
  RecordConflict,
  type Written,
} from '../domain/record-error.js';
import { breather } from './breather.js';
import { record, rehearse } from './commit.js';
import type { Database } from './database.js';
import type { Cause, Draft } from './draft.js';
import { type Known, type KnownClaim, knownAt } from './known-barrages.js';
import { placeBarrage, postedId } from './record-barrage.js';

/** All items or none, or every item that can be written. */
export type BatchMode = 'atomic' | 'partial';

/** A field error as it is answered. */
export type ItemError = Omit<FieldError, 'allowed'>;

/** An item of a batch as it was read: a barrage, or why it is none. */
export type BatchItem =
  | { input: BarrageInput }
  | { refused: 'invalid' | 'unreadable'; errors: readonly ItemError[] };

/** What became of one item; `errors` say why it was not written. */
export interface ItemOutcome {
  outcome: Outcome['outcome'] | 'invalid' | 'conflict' | 'unreadable';
  /** The barrage that the item is, where it can be told. */
  id: string | null;
  errors?: readonly ItemError[];
}

export interface BatchOutcome {
  /** One per item, in order. */
  results: ItemOutcome[];
  created: number;
  existing: number;
  failed: number;
}

/** What a batch would do. */
export interface BatchRehearsal extends BatchOutcome {
  /** The dataset version that it was compared with. */
  version: number;
  /** The claims that it would record. */
  claims: KnownClaim[];
}

export interface BatchOptions {
  mode: BatchMode;
  /** Says the errors of an item as they are answered: they are stored with an idempotency key. */
  wording: (errors: readonly FieldError[], input: BarrageInput) => ItemError[];
}

/** A conflict with an item of the same batch: nothing of it has an id that could be named. */
function conflictWithin(errors: readonly FieldError[], earlier: number): FieldError[] {
  return errors.map(({ pointer, code }) => {
    const how = code === 'not_recorded' ? 'without this' : 'and says otherwise';
    return { pointer, code, detail: `item ${earlier} of this batch is the same barrage ${how}` };
  });
}

/** Places items one after the other, so that each is compared with those before it as if they had been recorded. */
class Placement {
  readonly #writers = new Map<string, number>();

  constructor(
    private readonly draft: Draft,
    private readonly known: Known,
    private readonly wording: BatchOptions['wording'],
  ) {}

  place(item: BatchItem, id: string | null, index: number): ItemOutcome {
    if ('refused' in item) return { outcome: item.refused, id: null, errors: item.errors };
    const { input } = item;
    try {
      const placed = placeBarrage(this.draft, input, id, this.known);
      if (placed.outcome === 'created') this.#writers.set(placed.id, index);
      return placed;
    } catch (error) {
      if (error instanceof InvalidRecord) {
        return { outcome: 'invalid', id: null, errors: this.wording(error.errors, input) };
      }
      if (!(error instanceof RecordConflict)) throw error;
      const earlier = this.#writers.get(id ?? '');
      const errors = earlier === undefined ? error.errors : conflictWithin(error.errors, earlier);
      return { outcome: 'conflict', id, errors: this.wording(errors, input) };
    }
  }

  /** The claims of the barrages that were placed, in the order of their items. */
  claims(): KnownClaim[] {
    return [...this.#writers.keys()].flatMap((id) => this.known.barrages.get(id)?.claims ?? []);
  }
}

function refuseIncomplete(results: readonly ItemOutcome[]): void {
  const errors = results.flatMap(({ errors: own = [] }, index) =>
    own.map((error) => ({ ...error, pointer: `/${index}${error.pointer}` })),
  );
  if (errors.length === 0) return;
  const onlyConflicts = results.every(
    ({ outcome, errors: own }) => own === undefined || outcome === 'conflict',
  );
  throw new BatchRefused(onlyConflicts ? 'conflict' : 'invalid', errors);
}

async function place(
  db: Database,
  draft: Draft,
  items: readonly BatchItem[],
  { mode, wording }: BatchOptions,
): Promise<{ outcome: BatchOutcome; placement: Placement }> {
  const ids = items.map((item) => ('input' in item ? postedId(item.input) : null));
  const named = [...new Set(ids.filter((id) => id !== null))];
  const placement = new Placement(draft, await knownAt(db, draft.version - 1, named), wording);
  const breathe = breather();
  const results: ItemOutcome[] = [];
  for (const [index, item] of items.entries()) {
    results.push(placement.place(item, ids[index] ?? null, index));
    await breathe();
  }
  if (mode === 'atomic') refuseIncomplete(results);
  const count = (wanted: ItemOutcome['outcome']): number =>
    results.filter(({ outcome }) => outcome === wanted).length;
  const [created, existing] = [count('created'), count('existing')];
  const failed = results.length - created - existing;
  return { outcome: { results, created, existing, failed }, placement };
}

/**
 * Records many barrages as one dataset version: all of them, or in the mode `partial` those that can be.
 *
 * @throws BatchRefused in the mode `atomic`, with every error of every item
 */
export function recordBatch(
  db: Database,
  cause: Cause,
  items: readonly BatchItem[],
  options: BatchOptions,
): Promise<BatchOutcome & Written> {
  const build = async (draft: Draft, inside: Database) =>
    (await place(inside, draft, items, options)).outcome;
  return record(db, cause, build, true);
}

/** Tells what {@link recordBatch} would do, and writes nothing. @throws BatchRefused as it would */
export function rehearseBatch(
  db: Database,
  cause: Cause,
  items: readonly BatchItem[],
  options: BatchOptions,
): Promise<BatchRehearsal> {
  return rehearse(db, cause, async (draft) => {
    const { outcome, placement } = await place(db, draft, items, options);
    return { ...outcome, version: draft.version - 1, claims: placement.claims() };
  });
}
