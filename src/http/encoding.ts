import { pipeline, type Readable } from 'node:stream';
import { promisify } from 'node:util';
import { brotliCompress, constants, createBrotliCompress, createGzip, gzip } from 'node:zlib';
import Negotiator from 'negotiator';

/** Content codings that answers are given in; `identity` is none. */
export const ENCODINGS = ['br', 'gzip', 'identity'] as const;
export type Encoding = (typeof ENCODINGS)[number];

// Below a packet's size a coding saves nothing and costs everybody.
const WORTHWHILE_BYTES = 1024;
// Quality 5 of 11: within a few percent of the best size at a twentieth of the time.
const BROTLI = { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } };

const toBrotli = promisify(brotliCompress);
const toGzip = promisify(gzip);

/** What negotiator 1 can do and its types of 0.6 do not know: an order where the client has none. */
interface Preferring {
  encoding: (
    available: readonly string[],
    options: { preferred: readonly string[] },
  ) => string | undefined;
}

/** The coding that an Accept-Encoding header prefers, by q values; br before gzip where it does not care. */
export function encodingFor(accepted: string | undefined): Encoding {
  if (accepted === undefined) return 'identity';
  const negotiator: unknown = new Negotiator({ headers: { 'accept-encoding': accepted } });
  const best = (negotiator as Preferring).encoding(ENCODINGS, { preferred: ENCODINGS });
  return ENCODINGS.find((encoding) => encoding === best) ?? 'identity';
}

/** A body and the coding that it is in. */
export interface Coded {
  body: Buffer;
  encoding: Encoding;
}

/** A body in a coding, or, at once, as it is where that is not worth it. */
export function encode(body: Buffer, encoding: Encoding): Coded | Promise<Coded> {
  if (encoding === 'identity' || body.length < WORTHWHILE_BYTES) {
    return { body, encoding: 'identity' };
  }
  const coded = encoding === 'gzip' ? toGzip(body) : toBrotli(body, BROTLI);
  return coded.then((bytes) => ({ body: bytes, encoding }));
}

/** A body that is still being made, in a coding. An error of the source breaks it off; it never looks like an end. */
export function encodedStream(body: Readable, encoding: Encoding): Readable {
  if (encoding === 'identity') return body;
  const coder = encoding === 'br' ? createBrotliCompress(BROTLI) : createGzip();
  // pipeline destroys both ends with the error of either.
  return pipeline(body, coder, () => undefined);
}
