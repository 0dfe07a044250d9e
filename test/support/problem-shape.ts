import { expect } from 'vitest';
import { PROBLEMS, type ProblemSlug } from '../../src/http/problem.js';

/** What every error has, however it was sent. */
export interface ErrorAnswer {
  statusCode: number;
  headers: Readonly<Record<string, unknown>>;
  body: string;
}

/** Holds an answer to the one shape that errors have (RFC 9457), and to telling nothing of the inside. */
export function expectProblem(answer: ErrorAnswer, slug: ProblemSlug, at: string): void {
  const { status, title } = PROBLEMS[slug];
  expect([answer.statusCode, answer.body.slice(0, 300)], at).toEqual([status, expect.anything()]);
  expect(answer.headers['content-type'], at).toBe('application/problem+json; charset=utf-8');
  expect(answer.headers['cache-control'], at).toBe('no-store');
  const { errors, ...document } = JSON.parse(answer.body);
  expect(document, at).toEqual({
    type: `/problems/${slug}`,
    title,
    status,
    detail: expect.stringMatching(/\S.*[.!]$/s),
    instance: expect.stringMatching(/^urn:request:[0-9A-HJKMNP-TV-Z]{26}$/),
  });
  for (const error of errors ?? []) {
    const { code, detail, pointer, parameter, ...more } = error;
    expect([typeof code, typeof detail, more], at).toEqual(['string', 'string', {}]);
    expect(typeof (pointer ?? parameter), at).toBe('string');
  }
  // One address is called so, and is named where nothing is below it.
  const told = answer.body.replaceAll('/dataset.sqlite', '');
  expect(told, at).not.toMatch(/node_modules|\.[jt]s:\d+|sqlite|select |\bat \w+ \(/i);
}
