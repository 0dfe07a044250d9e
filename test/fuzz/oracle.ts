import type { LightMyRequestResponse } from 'fastify';
import { answerChecker } from '../support/answer-checker.js';
import { EXCUSED_PROBLEMS, EXCUSES } from './excuses.js';
import type { Mistake } from './invalid-request.js';
import { addressOf, type FuzzRequest } from './request.js';

interface ProblemError {
  code: string;
  detail: string;
  parameter?: string;
  pointer?: string;
}

/** A request that the service answers in another way than the specification promises. */
export class Finding extends Error {}

const errorsOf = (response: LightMyRequestResponse): ProblemError[] => {
  const { errors = [] } = response.json<{ errors?: ProblemError[] }>();
  return errors;
};

const isExcused = ({ code, detail }: ProblemError): boolean =>
  EXCUSES.some((excuse) => excuse.code === code && (excuse.detail?.test(detail) ?? true));

/** What a request was refused for although the specification allows it, and nothing excuses it. */
function unexcusedOf(response: LightMyRequestResponse): unknown[] {
  const { type, errors } = response.json<{ type: string; errors?: ProblemError[] }>();
  if (EXCUSED_PROBLEMS.has(type)) return [];
  return errors?.filter((error) => !isExcused(error)) ?? [response.body];
}

/** Holds answers against the specification. */
export function oracle(document: unknown) {
  const check = answerChecker(document);

  /** Holds for every request: documented, valid, and never our fault. */
  const documented = (request: FuzzRequest, response: LightMyRequestResponse): void => {
    const { statusCode } = response;
    if (statusCode >= 500) throw new Finding(`${statusCode}: ${response.body.slice(0, 300)}`);
    try {
      check(request.operation.method, addressOf(request), response);
    } catch (error) {
      throw new Finding(`not as documented: ${(error as Error).message.slice(0, 600)}`);
    }
  };

  const afterValid = (request: FuzzRequest, response: LightMyRequestResponse): void => {
    documented(request, response);
    const { statusCode } = response;
    if ([401, 403, 405, 406, 413, 414, 415].includes(statusCode)) {
      throw new Finding(`a valid request is answered with ${statusCode}`);
    }
    if (statusCode !== 400 && statusCode !== 422) return;
    const unexcused = unexcusedOf(response);
    if (unexcused.length === 0) return;
    throw new Finding(
      `a valid request is refused: ${statusCode} ${JSON.stringify(unexcused).slice(0, 600)}`,
    );
  };

  const afterMistake = ({ request, named, what }: Mistake, response: LightMyRequestResponse) => {
    documented(request, response);
    const { statusCode } = response;
    // A batch in parts answers for each item.
    const refused = statusCode >= 400 || (statusCode === 207 && 'pointer' in named);
    if (!refused) throw new Finding(`accepted with ${statusCode}: ${what}`);
    const text = response.body;
    if (statusCode === 207 && text.includes('"invalid"')) return;
    // The body is looked at before the query: what no schema says of it is told first.
    const other = statusCode === 422 && unexcusedOf(response).length === 0;
    if (other && ('parameter' in named || errorsOf(response).length === 0)) return;
    // Half a surrogate pair has no canonical form to remember a request by: the body as a whole cannot be read.
    if (statusCode === 400 && text.includes('(RFC 8785)')) return;
    // Too large is too large as a whole; there is no place to point at.
    if (statusCode === 413) return;
    const isNamed = errorsOf(response).some(({ parameter, pointer }) =>
      'parameter' in named
        ? parameter === named.parameter
        : pointer === named.pointer || pointer?.startsWith(`${named.pointer}/`),
    );
    if (!isNamed) throw new Finding(`${statusCode} does not name ${what}: ${text.slice(0, 400)}`);
  };

  return { afterValid, afterMistake };
}
