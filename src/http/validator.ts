import type { FastifySchemaCompiler } from 'fastify';
import type { z } from 'zod';
import { bodyProblem, parameterProblem, type RequestPart } from './validation-errors.js';

const PARTS: Readonly<Record<string, RequestPart>> = { params: 'path', headers: 'header' };

/** Checks bodies, queries, paths and headers with the routes' zod schemas; what it throws is already a problem. */
export const validatorCompiler: FastifySchemaCompiler<z.ZodType> =
  ({ schema, httpPart }) =>
  (data) => {
    const result = schema.safeParse(data);
    if (result.success) return { value: result.data };
    const { issues } = result.error;
    if (httpPart === 'body') return { error: bodyProblem(issues, data, schema) };
    const where = PARTS[httpPart ?? ''] ?? 'query';
    return { error: parameterProblem(issues, data, schema, where) };
  };
