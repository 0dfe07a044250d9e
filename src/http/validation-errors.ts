import { z } from 'zod';
import type { ItemError } from '../storage/record-batch.js';
import { didYouMean } from './did-you-mean.js';
import { Problem, type ProblemDetail } from './problem.js';

type Issue = z.core.$ZodIssue;

const pointerTo = (path: readonly PropertyKey[]): string =>
  path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

/** The value at a path of the request, for messages that show what was sent. */
function valueAt(data: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, part) =>
      typeof value === 'object' && value !== null ? Reflect.get(value, part) : undefined,
    data,
  );
}

const MAX_SHOWN = 100;
// A body of nothing but mistakes must not be answered with a larger one.
export const MAX_ERRORS = 100;

function shown(value: unknown): string {
  if (typeof value === 'object' && value !== null)
    return Array.isArray(value) ? 'a list' : 'an object';
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text;
}

function bodyErrors(issue: Issue, data: unknown, fields: readonly string[]): ItemError[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      pointer: pointerTo([...issue.path, key]),
      code: 'unknown',
      detail: `there is no field "${key}" here${didYouMean(key, fields)}`,
    }));
  }
  const pointer = pointerTo(issue.path);
  const value = valueAt(data, issue.path);
  if (value === undefined && issue.code === 'invalid_type') {
    return [{ pointer, code: 'required', detail: 'this field is required' }];
  }
  const sent = value === undefined ? '' : `, not ${shown(value)}`;
  return [{ pointer, code: issue.code, detail: issue.message + sent }];
}

function parameterErrors(issue: Issue, data: unknown, known: readonly string[]): ProblemDetail[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      parameter: key,
      code: 'unknown',
      detail: `there is no parameter "${key}"${didYouMean(key, known)}`,
    }));
  }
  const parameter = String(issue.path[0] ?? '');
  const value = valueAt(data, [parameter]);
  if (Array.isArray(value)) {
    const detail = 'given more than once; join values with commas where several are allowed';
    return [{ parameter, code: 'repeated', detail }];
  }
  if (value === '') return [{ parameter, code: 'empty', detail: 'empty; leave it out instead' }];
  if (value === undefined) {
    // A rule between parameters can name one that was left out, and then says more than that it is missing.
    const code = issue.code === 'custom' ? 'custom' : 'required';
    return [{ parameter, code, detail: code === 'custom' ? issue.message : 'required' }];
  }
  const hint = issue.code === 'invalid_value' ? didYouMeanValue(issue, value) : '';
  return [{ parameter, code: issue.code, detail: `${issue.message}, not ${shown(value)}${hint}` }];
}

function didYouMeanValue(issue: Issue & { code: 'invalid_value' }, value: unknown): string {
  const index = Number(issue.path[1] ?? 0);
  const item = String(value).split(',')[index] ?? '';
  return didYouMean(item, issue.values.map(String));
}

/** The keys that an object schema knows, for "did you mean". */
function keysOf(schema: unknown): string[] {
  return schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];
}

// Two rules can refuse one value in the same words.
const eachOnce = <E extends ProblemDetail>(errors: readonly E[]): E[] => [
  ...new Map(errors.slice(0, MAX_ERRORS).map((error) => [JSON.stringify(error), error])).values(),
];

/** What is wrong with a document, with a JSON Pointer each. */
export function documentErrors(
  issues: readonly Issue[],
  data: unknown,
  schema: unknown,
): ItemError[] {
  return eachOnce(issues.flatMap((issue) => bodyErrors(issue, data, keysOf(schema))));
}

/** The problem of a body that does not meet its schema: 422, every error with a JSON Pointer. */
export function bodyProblem(issues: readonly Issue[], data: unknown, schema: unknown): Problem {
  const errors = documentErrors(issues, data, schema);
  return new Problem('validation', 'The body breaks the rules named in errors.', { errors });
}

/** Where parameters are given. */
export type RequestPart = 'query' | 'path' | 'header';

/** The problem of a query, a path or a header that does not meet its schema: 400, every error with its parameter. */
export function parameterProblem(
  issues: readonly Issue[],
  data: unknown,
  schema: unknown,
  where: RequestPart,
): Problem {
  const errors = eachOnce(issues.flatMap((issue) => parameterErrors(issue, data, keysOf(schema))));
  return new Problem('invalid-parameter', `The ${where} breaks the rules named in errors.`, {
    errors,
  });
}
