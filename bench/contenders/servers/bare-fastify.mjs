import Fastify from 'fastify';

/** The service's own version of Fastify, for servers whose folder has packages of its own. */
export const bareFastify = () => Fastify();
