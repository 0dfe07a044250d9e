import type { InjectOptions } from 'fastify';
import type { Operation } from './specification.js';

/** One request to one operation, with its parts still apart. */
export interface FuzzRequest {
  operation: Operation;
  path: Record<string, string>;
  query: [name: string, value: string][];
  headers: Record<string, string>;
  media?: string;
  body?: unknown;
}

export function addressOf({ operation, path, query }: FuzzRequest): string {
  const at = operation.path.replaceAll(/\{(\w+)\}/g, (_, name) =>
    encodeURIComponent(path[name] ?? ''),
  );
  const search = query.map((pair) => pair.map(encodeURIComponent).join('=')).join('&');
  return search === '' ? at : `${at}?${search}`;
}

export function payloadOf({ media, body }: FuzzRequest): string | undefined {
  if (media === undefined) return undefined;
  if (media === 'application/x-ndjson' && Array.isArray(body)) {
    return body.map((line) => JSON.stringify(line)).join('\n');
  }
  return JSON.stringify(body);
}

/** The request as it is sent. @param key for operations that need one */
export function injected(request: FuzzRequest, key: string): InjectOptions {
  const payload = payloadOf(request);
  return {
    method: request.operation.method as 'GET',
    url: addressOf(request),
    headers: {
      ...(request.operation.needsKey && { authorization: `Bearer ${key}` }),
      ...(request.media !== undefined && { 'content-type': request.media }),
      ...request.headers,
    },
    ...(payload !== undefined && { payload }),
  };
}

const MAX_SHOWN = 1500;

/** The request as a person would try it. */
export function shown(request: FuzzRequest): string {
  const headers = Object.entries(request.headers).map(([name, value]) => ` -H '${name}: ${value}'`);
  const body = payloadOf(request);
  const sent = body === undefined ? '' : ` (${request.media}) ${body.slice(0, MAX_SHOWN)}`;
  return `${request.operation.method} ${addressOf(request).slice(0, MAX_SHOWN)}${headers.join('')}${sent}`;
}
