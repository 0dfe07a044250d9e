import type { FastifyRequest } from 'fastify';
import type { Dependencies } from './dependencies.js';

/** Where the service is reached: as it was set, else as this request reached it. */
export const baseAddress = (request: FastifyRequest, { settings }: Dependencies): string =>
  settings.public_url || `${request.protocol}://${request.host}`;
