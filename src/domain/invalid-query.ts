/** A question that is well formed but cannot be answered as it is asked. */
export class InvalidQuery extends Error {
  constructor(
    readonly parameter: string,
    readonly code: string,
    detail: string,
  ) {
    super(detail);
  }
}
