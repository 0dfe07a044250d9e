import type { FastifyInstance } from 'fastify';
import type { Specification } from '../../src/http/openapi-operations.js';

/** The specification of an application, as whatever a test reads it as. */
export async function specificationOf<T = Specification>(app: FastifyInstance): Promise<T> {
  return (await app.documentation()).swagger() as unknown as T;
}
