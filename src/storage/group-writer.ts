import { setImmediate as others } from 'node:timers/promises';
import { breather } from './breather.js';
import {
  COMMIT_INSTANT,
  CommitClock,
  type Dated,
  hasPassed,
  untilPassed,
} from './commit-instant.js';
import type { Connection } from './connection.js';
import type { Statement } from './statements.js';
import { takeWriteLock } from './write-lock.js';

/** Told how many of a write's statements have been applied. */
export type Progress = (done: number, total: number) => void;

/**
 * Applies all statements of a write.
 *
 * @param notBefore the earliest instant that may be written as the instant of the commit
 * @throws ConstraintError if a constraint refuses one
 */
export type Apply = (
  statements: readonly Statement[],
  onProgress?: Progress,
  notBefore?: string,
) => Promise<void>;

/** Something that is done while nobody else writes. @param apply the only way to write meanwhile */
export type Work<T> = (apply: Apply) => Promise<T>;

/** Told of what became of a transaction. */
export interface Observer {
  /** What the open transaction holds has changed. */
  onChange: () => void;
  /** Something was committed. */
  onCommit: () => void;
  /** What was done in the transaction never happened. */
  onRollback: () => void;
}

interface Member {
  work: Work<unknown>;
  alone: boolean;
  resolve: (value: unknown) => void;
  reject: (error: unknown) => void;
}
interface Applied {
  statements: readonly Statement[];
  notBefore: string;
}

// Whoever comes later than this waits for the next transaction, so that those who are in it are answered.
const GROUP_MS = 5;
const PROGRESS_STEP = 1_000;
const [ALL, ONE] = ['everything', 'member'];

function answerAll(answers: readonly (() => void)[]): void {
  for (const answer of answers) answer();
}

/** One open transaction that several writes share. Each has a savepoint of its own and fails alone. */
class Group {
  // The statements of each member that is in, so that they can be written again with a later instant.
  readonly #members: Applied[][] = [];
  #member: Applied[] = [];
  #first: Dated | null = null;
  #last: Dated | null = null;
  readonly #begun = performance.now();

  constructor(
    private readonly connection: Connection,
    private readonly clock: CommitClock,
    private readonly onChange: () => void,
  ) {
    connection.run(`savepoint ${ALL}`);
  }

  get isFull(): boolean {
    return performance.now() - this.#begun > GROUP_MS;
  }

  /**
   * Does the work of a member.
   *
   * @returns how to answer it once the group is committed
   * @throws whatever made SQLite give up the whole transaction
   */
  async join({ work, resolve, reject }: Member): Promise<() => void> {
    this.#member = [];
    this.connection.run(`savepoint ${ONE}`);
    try {
      const result = await work(async (statements, onProgress, notBefore = '') => {
        await this.#apply({ statements, notBefore }, onProgress);
        this.#member.push({ statements, notBefore });
      });
      this.connection.run(`release ${ONE}`);
      if (this.#member.length > 0) this.#members.push(this.#member);
      return () => resolve(result);
    } catch (error) {
      if (!this.connection.sqlite.inTransaction) throw error;
      this.connection.run(`rollback to ${ONE}`);
      this.connection.run(`release ${ONE}`);
      this.onChange();
      return () => reject(error);
    }
  }

  /** Commits everything, dated anew as long as that came too late. @returns how it was dated; null for nothing */
  async commit(): Promise<Dated | null> {
    while (this.#first !== null && !this.clock.isInTime(this.#first)) {
      this.clock.missed(performance.now() - this.#begun);
      // The lock of the writer is kept.
      this.connection.run(`rollback to ${ALL}`);
      this.#first = null;
      for (const applied of this.#members.flat()) await this.#apply(applied);
    }
    const begun = performance.now();
    this.connection.run('commit');
    if (this.#last !== null) this.clock.committed(performance.now() - begun);
    return this.#last;
  }

  async #apply({ statements, notBefore }: Applied, onProgress?: Progress): Promise<void> {
    const earliest = this.#last === null || notBefore > this.#last.at ? notBefore : this.#last.at;
    const dated = this.clock.choose(statements.length, earliest);
    const breathe = breather();
    const begun = performance.now();
    for (const [index, { sql, params }] of statements.entries()) {
      this.connection.run(
        sql,
        ...params.map((value) => (value === COMMIT_INSTANT ? dated.at : value)),
      );
      if (index % PROGRESS_STEP === 0) onProgress?.(index, statements.length);
      await breathe();
    }
    this.clock.ran(statements.length, performance.now() - begun);
    this.#first ??= dated;
    this.#last = dated;
    this.onChange();
  }
}

/**
 * Lets one write happen after the other, in the order in which they were asked for. Those that are waiting when a
 * transaction begins share it, and the disk is waited for once; each is answered after the commit, and what one wrote
 * the next one finds. Between two pieces of a long write others have their turn.
 */
export class GroupWriter {
  readonly #waiting: Member[] = [];
  readonly #clock = new CommitClock();
  #running = false;

  constructor(
    private readonly connection: Connection,
    private readonly observer: Observer,
  ) {}

  /**
   * Does some work during which nobody else writes.
   *
   * @param alone gives long work a transaction of its own, so that no short one waits for its commit
   * @throws WriterBusy if other processes do not let go of the database, or what the commit failed with
   */
  take<T>(work: Work<T>, alone: boolean): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.#waiting.push({ work, alone, resolve: resolve as Member['resolve'], reject });
      if (!this.#running) void this.#run();
    });
  }

  async #run(): Promise<void> {
    this.#running = true;
    while (this.#waiting.length > 0) {
      // Whatever else arrives in this turn of the loop shares the transaction.
      await others();
      const before = this.#waiting.length;
      try {
        await takeWriteLock(this.connection);
      } catch (error) {
        for (const { reject } of this.#waiting.splice(0, before)) reject(error);
        continue;
      }
      await this.#group();
    }
    this.#running = false;
  }

  async #group(): Promise<void> {
    const group = new Group(this.connection, this.#clock, this.observer.onChange);
    const taken: Member[] = [];
    const answers: (() => void)[] = [];
    try {
      for (const member of this.#members(group)) {
        taken.push(member);
        answers.push(await group.join(member));
      }
      const dated = await group.commit();
      if (dated !== null) this.observer.onCommit();
      if (dated !== null && !hasPassed(dated))
        void untilPassed(dated).then(() => answerAll(answers));
      else answerAll(answers);
    } catch (error) {
      if (this.connection.sqlite.inTransaction) this.connection.run('rollback');
      this.observer.onRollback();
      for (const { reject } of taken) reject(error);
    }
  }

  /** Those that share a transaction, as they come. */
  *#members(group: Group): Generator<Member> {
    for (let member = this.#waiting.shift(); member !== undefined; member = this.#waiting.shift()) {
      yield member;
      const [next] = this.#waiting;
      if (member.alone || next?.alone || group.isFull) return;
    }
  }
}
