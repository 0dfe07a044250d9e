import { setTimeout as pause } from 'node:timers/promises';
import type { Munition } from '../domain/munition.js';
import type { Source } from '../domain/source.js';
import { keepSumsBySpan } from './claim-sums.js';
import { codeListsAt } from './code-list-store.js';
import { datedWith } from './commit-instant.js';
import type { Database } from './database.js';
import { type Cause, Draft } from './draft.js';
import type { Progress } from './group-writer.js';
import { type DatedPiece, InstantAhead } from './instant-ahead.js';
import { ReservationLock } from './reservation-lock.js';
import type { Statement } from './statements.js';
import { type Span, Taking } from './take-over.js';
import {
  BREAK_MS,
  dateLists,
  datePiece,
  dropAfterNewest,
  dropBarrage,
  type WrittenPiece,
} from './unpublished.js';
import { currentVersion } from './versions.js';

/** What of a version is written ahead of the rest. */
export interface Ahead {
  /** The name under which the stage is attached. */
  stage: string;
  cause: Cause;
  /** Barrages of the stage whose rows are taken as they are, in order; those that are not there are written ahead. */
  spans: readonly Span[];
  /** Code lists that their claims may name. */
  named: { sources: readonly Source[]; munitions: readonly Munition[] };
}

/** A span as it was written. */
type Piece = Span & WrittenPiece & DatedPiece;

// So many pieces are dated together: a claim takes about a quarter of what writing it took.
const DATED_TOGETHER = 4;

/** More versions than others write while the rest of one, and what goes wrong, is waited for. */
export const NUMBERS_MORE = 10_000;

/** What was written ahead holds an instant at which the version can no longer be published. */
export class TooLate extends Error {}

const missing = <T extends { slug: string }>(named: readonly T[], known: readonly T[]): T[] =>
  named.filter(({ slug }) => !known.some((one) => one.slug === slug));

/**
 * A version that is written in many short transactions, between which others write. Its number is reserved, and nobody
 * sees anything of it before the last of them publishes it: others go on with the numbers below. Who records one of its
 * nights meanwhile takes its place.
 */
export class ReservedVersion {
  readonly #taking: Taking;
  readonly #pieces: Piece[];
  readonly #instant: InstantAhead;

  private constructor(
    private readonly db: Database,
    private readonly lock: ReservationLock,
    readonly version: number,
    private readonly ahead: Ahead,
    notBefore: string,
  ) {
    this.#taking = new Taking(ahead.stage, version, ahead.cause, 1);
    this.#pieces = ahead.spans.map((span) => ({ ...span, ms: null, seqs: [0, 0] }));
    this.#instant = new InstantAhead(this.#pieces, notBefore);
  }

  /**
   * Reserves a number that others hardly reach: one of them writes no version while a claim is written here, and there
   * are some more.
   *
   * @throws Error if another process writes ahead already
   */
  static async reserve(db: Database, ahead: Ahead): Promise<ReservedVersion> {
    const lock = await ReservationLock.take(db);
    if (lock === null)
      throw new Error(
        'another import is being written, or what one left is being deleted: try again after that',
      );
    try {
      await dropAfterNewest(db);
      const { version, at } = await currentVersion(db);
      const claims = ahead.spans.reduce((sum, span) => sum + span.claims, 0);
      const reserved = new ReservedVersion(db, lock, version + claims + NUMBERS_MORE, ahead, at);
      await reserved.#writeLists();
      return reserved;
    } catch (error) {
      lock.release();
      throw error;
    }
  }

  /** The instant that all of it holds, RFC 3339. */
  get at(): string {
    return this.#instant.at;
  }

  /** Writes what is ahead, dated with the instant by which it is foreseen to be done. */
  async place(onProgress?: Progress): Promise<void> {
    const all = this.#pieces.reduce((sum, { claims }) => sum + claims, 0);
    let done = 0;
    for (const piece of this.#pieces) {
      await this.#inTransaction([piece], async (inside) => {
        const before = await this.lastSeq(inside);
        const sums = keepSumsBySpan(this.version, [piece]);
        await this.#run(inside, [...this.#taking.freshWithBarrages(piece), ...sums]);
        piece.seqs = [before + 1, await this.lastSeq(inside)];
      });
      done += piece.claims;
      onProgress?.(done, all);
    }
  }

  /** Dates anew what holds another instant than the version will, and waits until that is near. */
  async date(): Promise<void> {
    this.#instant.hurry();
    const outdated = () => this.#pieces.filter((piece) => this.#instant.isOutdated(piece));
    for (let left = outdated(); left.length > 0; left = outdated()) {
      const pieces = left.slice(0, DATED_TOGETHER);
      const statements = pieces.flatMap((piece) => datePiece(this.version, piece));
      await this.#inTransaction(pieces, (inside) => this.#run(inside, statements));
    }
    await this.#instant.untilNear();
  }

  /**
   * Makes way for the rest of the version, inside of the transaction that writes and publishes it: what is not ahead any
   * more is dropped.
   *
   * @param fresh the barrages whose rows are still taken as they are
   * @param notBefore the earliest instant that the version may have
   * @returns those of which everything is there
   * @throws TooLate if it would come too late for the instant that they hold: then they have to be dated anew
   */
  async makeWay(
    inside: Database,
    fresh: ReadonlySet<string>,
    notBefore: string,
  ): Promise<Set<string>> {
    if (this.#instant.hasPassed || notBefore > this.at) {
      this.#instant.missed(notBefore);
      throw new TooLate();
    }
    const made = 'select id from barrages where id between ? and ? and from_version = ?';
    const params = [this.#pieces.at(0)?.first, this.#pieces.at(-1)?.last, this.version];
    const placed = (await inside.rows<{ id: string }>(made, params)).map(({ id }) => id);
    for (const id of placed) {
      if (!fresh.has(id)) await this.#run(inside, dropBarrage(this.version, id));
    }
    await this.#run(inside, dateLists(this.version));
    return new Set(placed.filter((id) => fresh.has(id)));
  }

  /** The number of the last change that is written ahead; 0 if there is none any more. */
  async lastSeq(inside: Database): Promise<number> {
    const text = 'select coalesce(max(seq), 0) as seq from changes where version = ?';
    const [row] = await inside.rows<{ seq: number }>(text, [this.version]);
    return row?.seq ?? 0;
  }

  /** The last statement of the version: by its first change it is published, and everybody sees it. */
  get publication(): Statement {
    const first = 'select min(seq) from changes where version = ?';
    return {
      sql: `update changes set seq = 0 where version = ? and seq > 0 and seq = (${first})`,
      params: [this.version, this.version],
    };
  }

  /** Deletes what was not published, and lets others write ahead. */
  async end(): Promise<void> {
    try {
      await dropAfterNewest(this.db);
    } finally {
      this.lock.release();
    }
  }

  /** Writes the sources and munitions that are not there, which claims name. */
  #writeLists(): Promise<void> {
    const { named, cause } = this.ahead;
    return this.db.exclusively(async (_, inside) => {
      const lists = await codeListsAt(inside, (await currentVersion(inside)).version);
      const draft = new Draft(this.version, cause, 1);
      for (const one of missing(named.sources, lists.sources)) draft.create('source', one);
      for (const one of missing(named.munitions, lists.munitions)) draft.create('munition', one);
      await this.#run(inside, draft.statements);
    }, true);
  }

  async #run(inside: Database, statements: readonly Statement[]): Promise<void> {
    for (const { sql, params } of statements) {
      await inside.run({ sql, params: datedWith(this.at, params) });
    }
  }

  async #inTransaction(
    pieces: readonly Piece[],
    work: (inside: Database) => Promise<void>,
  ): Promise<void> {
    this.#instant.keepInTime();
    const begun = performance.now();
    await this.db.exclusively((_, inside) => work(inside), true);
    await pause(BREAK_MS);
    this.#instant.hold(pieces, performance.now() - begun);
  }
}
