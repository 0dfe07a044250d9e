import type { FastifyRequest } from 'fastify';

/** The peer's address of requests that the service makes to itself. No connection comes from it. */
export const BACKGROUND = 'background';

/** Whether the service asks itself: such a request is nobody's, so it is neither counted nor logged. */
export const isBackground = ({ raw }: FastifyRequest): boolean =>
  raw.socket.remoteAddress === BACKGROUND;
