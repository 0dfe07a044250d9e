import type { FastifySchemaCompiler } from 'fastify';
import type { z } from 'zod';
import { bodyProblem, parameterProblem } from './validation-errors.js';

const WHERE: Readonly<Record<string, 'path' | 'header'>> = { params: 'path', headers: 'header' };

/** Checks bodies, queries and paths with the routes' zod schemas; what it throws is already a problem. */
export const validatorCompiler: FastifySchemaCompiler<z.ZodType> =
  ({ schema, httpPart }) =>
  (data) => {
    const result = schema.safeParse(data);
    if (result.success) return { value: result.data };
    const { issues } = result.error;
    if (httpPart === 'body') return { error: bodyProblem(issues, data, schema) };
    const where = WHERE[httpPart ?? ''] ?? 'query';
    return { error: parameterProblem(issues, data, schema, where) };
  };
