import type { IncomingMessage } from 'node:http';
import { setImmediate as others } from 'node:timers/promises';
import type { FastifySchemaCompiler, preValidationAsyncHookHandler } from 'fastify';
import type { z } from 'zod';
import { barrageInputSchema } from '../domain/barrage-input.js';
import type { BatchItem } from '../storage/record-batch.js';
import { Problem } from './problem.js';
import { quickReader, REFUSED } from './quick-reader.js';
import { documentErrors } from './validation-errors.js';
import { validatorCompiler } from './validator.js';

export const NDJSON = 'application/x-ndjson';
export const BATCH_TYPES = ['application/json', NDJSON];
export const BATCH_MAX_ITEMS = 1000;
export const BATCH_MAX_BYTES = 5 * 1024 * 1024;
/** A batch of nothing but mistakes must not be answered with a much larger one. */
export const ITEM_MAX_ERRORS = 20;
const AT_A_STRETCH_MS = 5;

/** A line that is no JSON. It stays in its place, so that the other items keep their index. */
class Unreadable {
  constructor(readonly line: string) {}
}

/** An item of a batch, checked, with what was sent where that is asked for again: it is as large as the rest. */
export type PostedItem = BatchItem & { sent?: unknown };

const tooMany = (): Problem =>
  new Problem('payload-too-large', `A batch takes up to ${BATCH_MAX_ITEMS} barrages.`);
const tooLarge = (): Problem =>
  new Problem('payload-too-large', `A batch takes up to ${BATCH_MAX_BYTES} bytes.`);

/** The lines of a body as they arrive; no more than one of them is held. */
async function* linesOf(payload: IncomingMessage): AsyncGenerator<string> {
  // Not readline: it also breaks lines at U+2028, which JSON text may hold, and reads broken UTF-8 as if it were text.
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let pieces: string[] = [];
  let bytes = 0;
  // The stream must outlive a refusal: destroyed, its socket could not carry the answer.
  for await (const chunk of payload.iterator({ destroyOnReturn: false })) {
    bytes += chunk.length;
    if (bytes > BATCH_MAX_BYTES) throw tooLarge();
    for (const piece of decoder.decode(chunk, { stream: true }).split(/(?<=\n)/)) {
      pieces.push(piece);
      if (!piece.endsWith('\n')) continue;
      yield pieces.join('');
      pieces = [];
    }
  }
  yield pieces.join('') + decoder.decode();
}

type ParseLine = (line: string, done: (error: Error | null, value?: unknown) => void) => void;

/**
 * The items of a body of newline-delimited JSON, each parsed as its line arrives; blank lines are none.
 *
 * @throws Problem 413 as soon as a limit is passed, 400 for a body that breaks off or is not UTF-8
 */
export async function readNdjson(payload: IncomingMessage, parse: ParseLine): Promise<unknown[]> {
  if (Number(payload.headers['content-length'] ?? 0) > BATCH_MAX_BYTES) throw tooLarge();
  const items: unknown[] = [];
  try {
    for await (const line of linesOf(payload)) {
      if (line.trim() === '') continue;
      if (items.length === BATCH_MAX_ITEMS) throw tooMany();
      parse(line, (error, value) => items.push(error === null ? value : new Unreadable(line)));
    }
  } catch (error) {
    if (error instanceof Problem) throw error;
    throw new Problem('malformed-request', 'The body broke off, or is not UTF-8.');
  }
  return items;
}

const readBarrage = quickReader(barrageInputSchema);

function checked(sent: unknown): BatchItem {
  if (sent instanceof Unreadable) {
    const detail = 'this line is not valid JSON';
    return { refused: 'unreadable', errors: [{ pointer: '', code: 'unreadable', detail }] };
  }
  const input = readBarrage(sent);
  if (input !== REFUSED) return { input };
  const result = barrageInputSchema.safeParse(sent);
  if (result.success) return { input: result.data };
  const errors = documentErrors(result.error.issues, sent, barrageInputSchema);
  return { refused: 'invalid', errors: errors.slice(0, ITEM_MAX_ERRORS) };
}

const asSent = (item: unknown): unknown => (item instanceof Unreadable ? item.line : item);

async function itemsOf(body: unknown, keepsSent: boolean): Promise<PostedItem[]> {
  const wrong = (code: string, detail: string): Problem =>
    new Problem('validation', 'The body breaks the rules named in errors.', {
      errors: [{ pointer: '', code, detail }],
    });
  if (!Array.isArray(body)) throw wrong('invalid_type', 'a batch is an array of barrages');
  if (body.length === 0) throw wrong('too_small', 'a batch holds at least one barrage');
  if (body.length > BATCH_MAX_ITEMS) throw tooMany();
  const items: PostedItem[] = [];
  let since = performance.now();
  for (const sent of body) {
    const item = checked(sent);
    items.push(keepsSent ? { ...item, sent: asSent(sent) } : item);
    if (performance.now() - since < AT_A_STRETCH_MS) continue;
    await others();
    since = performance.now();
  }
  return items;
}

/** Checks the items of a batch one by one: a wrong one is no reason to refuse the others, which have their turn. */
export const checkItems: preValidationAsyncHookHandler = async (request) => {
  request.body = await itemsOf(request.body, 'idempotency-key' in request.headers);
};

/** Leaves the body, which {@link checkItems} has checked: a validator that lets others have their turn cannot give it. */
export const batchValidatorCompiler: FastifySchemaCompiler<z.ZodType> = (route) =>
  route.httpPart === 'body' ? (value) => ({ value }) : validatorCompiler(route);
