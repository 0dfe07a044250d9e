import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { ConnectionError } from 'fastify';
import { PROBLEM_TYPE, PROBLEMS, Problem, type ProblemSlug } from './problem.js';
import { newRequestId } from './request-id.js';

const SLUGS: Readonly<Record<string, [slug: ProblemSlug, detail: string]>> = {
  HPE_HEADER_OVERFLOW: ['headers-too-large', 'The headers are larger than 16 KiB.'],
  ERR_HTTP_REQUEST_TIMEOUT: ['request-timeout', 'The request did not arrive in time.'],
};

/**
 * Answers what never became a request (unreadable HTTP, oversized headers, too slow) with a problem document, and hangs
 * up. @param standing headers of every answer
 */
export function clientErrorHandler(standing: Readonly<Record<string, string>>) {
  const lines = Object.entries(standing).map(([name, value]) => `${name}: ${value}`);
  return (error: ConnectionError, socket: Socket): void => {
    if (error.code === 'ECONNRESET' || !socket.writable) {
      socket.destroy();
      return;
    }
    const unreadable = ['malformed-request', 'The request is not readable HTTP.'] as const;
    const [slug, detail] = SLUGS[error.code] ?? unreadable;
    const body = JSON.stringify(new Problem(slug, detail).document(newRequestId()));
    const { status } = PROBLEMS[slug];
    socket.end(
      [
        `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
        ...lines,
        `Content-Type: ${PROBLEM_TYPE}; charset=utf-8`,
        'Cache-Control: no-store',
        `Content-Length: ${Buffer.byteLength(body)}`,
        'Connection: close',
        '',
        body,
      ].join('\r\n'),
    );
  };
}
