import type { FastifyRequest } from 'fastify';
import type { Dependencies } from './dependencies.js';
import { Problem } from './problem.js';

// A name, an IPv4 address or an IPv6 address in brackets, with or without a port: nothing that could end an address.
const HOST = /^([\w.-]+|\[[\da-f:.]+\])(:\d{1,5})?$/i;

/** Where this request reached the service, by its Host header; null if that names no host. */
export function reachedAt({ protocol, host }: FastifyRequest): string | null {
  const address = `${protocol}://${host}`;
  return HOST.test(host) && URL.canParse(address) ? address : null;
}

/**
 * Where the service is reached: as it was set, else as this request reached it.
 *
 * @throws Problem 400 if neither is known
 */
export function baseAddress(request: FastifyRequest, { settings }: Dependencies): string {
  const address = settings.public_url || reachedAt(request);
  if (address !== null) return address;
  throw new Problem('malformed-request', 'The Host header names no host.');
}
