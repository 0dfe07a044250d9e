/** One field that cannot be recorded, and what would be right. */
export interface FieldError {
  /** JSON Pointer (RFC 6901) into the posted document. */
  pointer: string;
  code: string;
  detail: string;
  /** The codes that would be accepted, where it is a closed list: for a "did you mean". */
  allowed?: readonly string[];
}

/** Well formed but wrong: every field error of the document at once. Nothing was stored. */
export class InvalidRecord extends Error {
  constructor(readonly errors: readonly FieldError[]) {
    super(errors.map(({ pointer, detail }) => `${pointer}: ${detail}`).join('; '));
  }
}

/** The natural key is taken by a record with other content. Nothing was stored. */
export class RecordConflict extends Error {
  /**
   * @param existing path of the record that is there
   * @param errors what differs
   */
  constructor(
    readonly existing: string,
    readonly errors: readonly FieldError[],
  ) {
    super(`${existing} exists with other content`);
  }
}

/** The record that a request is about does not exist. */
export class RecordNotFound extends Error {
  constructor(
    readonly resource: string,
    readonly id: string,
  ) {
    super(`there is no ${resource} ${id}`);
  }
}

/** The record was retracted: it is still there at older dataset versions. */
export class RecordGone extends Error {
  constructor(
    readonly resource: string,
    readonly id: string,
  ) {
    super(`the ${resource} ${id} was retracted`);
  }
}

/** The record is at another revision than the one the client read. Nothing was changed. */
export class StaleRecord extends Error {
  constructor(
    readonly resource: string,
    readonly id: string,
    readonly revision: number,
  ) {
    super(`the ${resource} ${id} is at revision ${revision}`);
  }
}

/** A batch that was to be written whole has items that cannot be. Nothing was stored. */
export class BatchRefused extends Error {
  /**
   * @param reason an invalid item outweighs a conflicting one: it can never be written
   * @param errors of all items, pointers beginning with the index of the item
   */
  constructor(
    readonly reason: 'invalid' | 'conflict',
    readonly errors: readonly FieldError[],
  ) {
    super(`${reason}: ${errors.map(({ pointer, detail }) => `${pointer}: ${detail}`).join('; ')}`);
  }
}

/** The Idempotency-Key was used for another request. Nothing was changed. */
export class IdempotencyKeyReused extends Error {
  constructor(readonly key: string) {
    super(`the idempotency key ${key} belongs to another request`);
  }
}

/** A request with this Idempotency-Key has not been answered yet. */
export class IdempotencyKeyInUse extends Error {
  constructor(readonly key: string) {
    super(`a request with the idempotency key ${key} is still running`);
  }
}

/** Other writers did not let this one have its turn. Nothing was stored; it can be tried again. */
export class WriterBusy extends Error {
  /**
   * @param seconds how long it waited for the lock
   * @param lost how often others were faster before that
   */
  constructor(
    readonly seconds: number,
    readonly lost = 0,
  ) {
    const faster = lost === 0 ? '' : `others were faster ${lost} times, then `;
    super(`${faster}the database was locked by another writer for ${seconds} seconds; try again`);
  }
}

/** The number of the next version is reserved for an import that is being written, or that did not come to its end. */
export class VersionReserved extends WriterBusy {
  constructor() {
    super(0);
  }
}

/** What a recording did: made something new, or found that everything was there already. */
export interface Outcome {
  outcome: 'created' | 'existing';
  id: string;
}

/** When a write happened. */
export interface Written {
  /** The dataset version that the write made; the one it looked at if there was nothing to write. */
  version: number;
  /** When that version was written, RFC 3339 in UTC. */
  at: string;
  /** The request had been answered before, and this is that answer. */
  replayed: boolean;
}

/** What a recording did, and when. */
export type Recorded = Outcome & Written;
