import type { FastifySchemaCompiler } from 'fastify';
import type { z } from 'zod';
import { bodyProblem, parameterProblem } from './validation-errors.js';

/** Checks bodies, queries and paths with the routes' zod schemas; what it throws is already a problem. */
export const validatorCompiler: FastifySchemaCompiler<z.ZodType> =
  ({ schema, httpPart }) =>
  (data) => {
    const result = schema.safeParse(data);
    if (result.success) return { value: result.data };
    const toProblem = httpPart === 'body' ? bodyProblem : parameterProblem;
    return { error: toProblem(result.error.issues, data, schema) };
  };
