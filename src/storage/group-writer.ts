import { setImmediate as others } from 'node:timers/promises';
import { breather } from './breather.js';
import { CommitClock, type Dated, datedWith, hasPassed, untilPassed } from './commit-instant.js';
import type { Connection } from './connection.js';
import type { Statement } from './statements.js';
import { takeWriteLock } from './write-lock.js';

/** Told how many of a write's statements have been applied. */
export type Progress = (done: number, total: number) => void;

/**
 * Applies all statements of a write.
 *
 * @param notBefore the earliest instant that may be written as the instant of the commit
 * @param at the instant of the commit, where rows hold it already
 * @returns the instant that was written, RFC 3339
 * @throws ConstraintError if a constraint refuses one
 */
export type Apply = (
  statements: readonly Statement[],
  onProgress?: Progress,
  notBefore?: string,
  at?: string,
) => Promise<string>;

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

// Whoever comes later than this waits for the next transaction, so that those who are in it are answered.
const GROUP_MS = 10;
// Looking at the clock takes longer than binding some statements.
const PROGRESS_STEP = 10;
// Each writes up to 20 rows: looked at after so many, the clock is looked at often enough for pieces of 5 ms.
const BREATHER_STEP = 4;
// More of them than fit into a transaction are not waited for.
const GATHERED = 32;
const SAVEPOINT = 'member';

function answerAll(answers: readonly (() => void)[]): void {
  for (const answer of answers) answer();
}

/** One open transaction that several writes may share. Each has a savepoint of its own and fails alone. */
class Group {
  /** Whether anything was written, even if it was rolled back. */
  hasWritten = false;
  #first: Dated | null = null;
  #last: Dated | null = null;
  readonly #begun = performance.now();

  /** @param isShared whether there may be more than one member: savepoints copy every page that is written */
  constructor(
    private readonly connection: Connection,
    private readonly clock: CommitClock,
    private readonly isShared: boolean,
    private readonly onChange: () => void,
  ) {}

  get isFull(): boolean {
    return !this.isShared || this.age > GROUP_MS;
  }

  /** In ms. */
  get age(): number {
    return performance.now() - this.#begun;
  }

  /**
   * Does the work of a member.
   *
   * @returns how to answer it once the group is committed
   * @throws whatever made SQLite give up the whole transaction
   */
  async join({ work, resolve, reject }: Member): Promise<() => void> {
    if (this.isShared) this.connection.run(`savepoint ${SAVEPOINT}`);
    try {
      const result = await work((statements, onProgress, notBefore = '', at = undefined) =>
        this.#apply(statements, onProgress, notBefore, at),
      );
      if (this.isShared) this.connection.run(`release ${SAVEPOINT}`);
      return () => resolve(result);
    } catch (error) {
      if (!this.isShared || !this.connection.sqlite.inTransaction) throw error;
      this.connection.run(`rollback to ${SAVEPOINT}`);
      this.connection.run(`release ${SAVEPOINT}`);
      this.onChange();
      return () => reject(error);
    }
  }

  /** Whether what was dated first may still be committed. */
  get isInTime(): boolean {
    return this.#first === null || this.clock.isInTime(this.#first);
  }

  /** @returns how it was dated at last; null if nothing was written */
  commit(): Dated | null {
    const begun = performance.now();
    this.connection.run('commit');
    if (this.#last !== null) this.clock.committed(performance.now() - begun);
    return this.#last;
  }

  async #apply(
    statements: readonly Statement[],
    onProgress: Progress | undefined,
    notBefore: string,
    at: string | undefined,
  ): Promise<string> {
    const earliest = this.#last === null || notBefore > this.#last.at ? notBefore : this.#last.at;
    const rows = statements.reduce((sum, { count = 1 }) => sum + count, 0);
    const dated = at === undefined ? this.clock.choose(rows, earliest) : { at, ms: Date.parse(at) };
    const breathe = breather();
    const begun = performance.now();
    this.hasWritten = true;
    for (const [index, { sql, params }] of statements.entries()) {
      this.connection.run(sql, datedWith(dated.at, params));
      if (index % PROGRESS_STEP === 0) onProgress?.(index, statements.length);
      if (index % BREATHER_STEP === 0) await breathe();
    }
    this.clock.ran(rows, performance.now() - begun);
    this.#first ??= dated;
    this.#last = dated;
    this.onChange();
    return dated.at;
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
   * Does some work during which nobody else writes. If that takes so long that it cannot be dated as it was, it is done
   * again.
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
      await this.#gather();
      const before = this.#waiting.length;
      try {
        await takeWriteLock(this.connection);
      } catch (error) {
        for (const { reject } of this.#waiting.splice(0, before)) reject(error);
        this.#clock.settled();
        continue;
      }
      await this.#group();
    }
    this.#running = false;
  }

  /** Whatever else arrives shares the transaction, turn by turn of the loop while that brings more. */
  async #gather(): Promise<void> {
    const end = performance.now() + GROUP_MS;
    const isFull = () => this.#waiting.length >= GATHERED || performance.now() > end;
    let seen = 0;
    do {
      seen = this.#waiting.length;
      await others();
    } while (this.#waiting.length > seen && !this.#waiting[0]?.alone && !isFull());
  }

  async #group(): Promise<void> {
    const [first, second] = this.#waiting;
    const isShared = first?.alone === false && second?.alone === false;
    const group = new Group(this.connection, this.#clock, isShared, this.observer.onChange);
    const taken: Member[] = [];
    const answers: (() => void)[] = [];
    try {
      for (const member of this.#members(group)) {
        taken.push(member);
        answers.push(await group.join(member));
      }
      if (!group.isInTime) {
        this.#clock.missed(group.age);
        this.#rollback(group);
        this.#waiting.unshift(...taken);
        return;
      }
      this.#answer(group.commit(), answers);
    } catch (error) {
      this.#rollback(group);
      for (const { reject } of taken) reject(error);
    }
    this.#clock.settled();
  }

  /** Those that share a transaction, as they come. */
  *#members(group: Group): Generator<Member> {
    for (let member = this.#waiting.shift(); member !== undefined; member = this.#waiting.shift()) {
      yield member;
      if (this.#waiting[0]?.alone !== false || group.isFull) return;
    }
  }

  #answer(dated: Dated | null, answers: readonly (() => void)[]): void {
    if (dated !== null) this.observer.onCommit();
    if (dated === null || hasPassed(dated)) answerAll(answers);
    else void untilPassed(dated).then(() => answerAll(answers));
  }

  #rollback(group: Group): void {
    if (this.connection.sqlite.inTransaction) this.connection.run('rollback');
    if (group.hasWritten) this.observer.onRollback();
  }
}
