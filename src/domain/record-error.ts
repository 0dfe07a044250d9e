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

/** What a recording did: made something new, or found that everything was there already. */
export interface Recorded {
  outcome: 'created' | 'existing';
  id: string;
}
