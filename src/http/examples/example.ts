/** What one operation was asked and answered, by media type. */
export interface AnswerExample {
  /** Method and address, as asked. */
  asked: string;
  /** The body that was sent, by its media type. */
  body?: Readonly<Record<string, unknown>>;
  /** By media type. */
  answer: Readonly<Record<string, unknown>>;
}

/** Examples by operationId and status. */
export type Examples = Readonly<Record<string, Readonly<Record<string, AnswerExample>>>>;
