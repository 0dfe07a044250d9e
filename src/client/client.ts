import createFetchClient, {
  type FetchOptions,
  type Middleware,
  type ParseAs,
  type ParseAsResponse,
} from 'openapi-fetch';
import { type Patience, retryingFetch, type Send } from './retrying-fetch.js';
import type { components, paths } from './schema.js';

/** Every named shape of the specification: `Schemas['Claim']`. */
export type Schemas = components['schemas'];
export type Problem = Schemas['Problem'];

/** An answer that is not a success: the service's problem document (RFC 9457), and the response that carried it. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';

  constructor(
    readonly problem: Problem,
    readonly response: Response,
  ) {
    super(`${problem.status} ${problem.title}: ${problem.detail}`);
  }

  /** The last part of `type`, which is a promise to test for: `conflict`, `invalid-parameter`, `gone`, … */
  get slug(): string {
    return this.problem.type.split('/').at(-1) ?? '';
  }
}

export interface ClientOptions {
  /** Needed for writing only. */
  key?: string;
  /** Gives every write an Idempotency-Key of its own, unless the call names one: a repeated request is written once. */
  idempotent?: boolean;
  /** Sends each request; the platform's `fetch` by default. */
  fetch?: Send;
  /** For 429 and 503: three retries and 60 seconds by default. */
  patience?: Partial<Patience>;
}

type Method = 'get' | 'post' | 'patch' | 'delete';
type PathWith<M extends Method> = {
  [P in keyof paths]: paths[P][M] extends { responses: unknown } ? P : never;
}[keyof paths];

type Options<P extends keyof paths, M extends Method, As extends ParseAs> = Omit<
  FetchOptions<paths[P][M]>,
  'parseAs'
> & { parseAs?: As };
type Arguments<O> = Record<never, never> extends O ? [options?: O] : [options: O];

// JSON where an operation can also answer in other types; those are asked for with `parseAs`.
type Content<R> = R extends { content: infer C }
  ? 'application/json' extends keyof C
    ? C['application/json']
    : C[keyof C]
  : undefined;
type Success<O> = O extends { responses: infer R }
  ? { [S in keyof R]: S extends 200 | 201 | 204 | 207 ? Content<R[S]> : never }[keyof R]
  : never;

/** A success. Anything else is thrown as a ProblemError. */
export interface Answer<T> {
  data: T;
  response: Response;
}

type Call<M extends Method> = <P extends PathWith<M>, As extends ParseAs = 'json'>(
  path: P,
  ...options: Arguments<Options<P, M, As>>
) => Promise<Answer<ParseAsResponse<Success<paths[P][M]>, { parseAs: As }>>>;

type WalkablePath = {
  [P in PathWith<'get'>]: Success<paths[P]['get']> extends {
    data: unknown[];
    page: { next_cursor: string | null };
  }
    ? P
    : never;
}[PathWith<'get'>];
type Page<P extends WalkablePath> = Success<paths[P]['get']>;

export interface Client {
  GET: Call<'get'>;
  POST: Call<'post'>;
  PATCH: Call<'patch'>;
  DELETE: Call<'delete'>;
  /** Every page of a list, one request each. The cursor pins the dataset version: the walk is one consistent cut. */
  pages: <P extends WalkablePath>(
    path: P,
    ...options: Arguments<Options<P, 'get', 'json'>>
  ) => AsyncGenerator<Page<P>>;
  /** Every row of a list, page by page. */
  rows: <P extends WalkablePath>(
    path: P,
    ...options: Arguments<Options<P, 'get', 'json'>>
  ) => AsyncGenerator<Page<P>['data'][number]>;
}

/** What a proxy or a broken connection answers is no problem document: its text becomes the detail. */
async function problemOf(response: Response): Promise<Problem> {
  const text = await response.text();
  if (/^application\/problem\+json\b/.test(response.headers.get('content-type') ?? '')) {
    return JSON.parse(text);
  }
  const { status, statusText } = response;
  return {
    type: 'about:blank',
    title: statusText,
    status,
    detail: text.slice(0, 500),
    instance: '',
  };
}

function middleware({ key, idempotent = false }: ClientOptions): Middleware {
  return {
    onRequest({ request }) {
      const { headers, method } = request;
      if (key !== undefined) headers.set('authorization', `Bearer ${key}`);
      if (method === 'PATCH') headers.set('content-type', 'application/merge-patch+json');
      if (idempotent && method !== 'GET' && !headers.has('idempotency-key')) {
        headers.set('idempotency-key', crypto.randomUUID());
      }
    },
    async onResponse({ response }) {
      if (response.status >= 400) throw new ProblemError(await problemOf(response), response);
    },
  };
}

// What is common to all pages, whatever their rows: the generic parts of the interface say the rest.
interface AnyPage {
  data: unknown[];
  page: { next_cursor: string | null };
}
interface AnyOptions {
  params?: { query?: Record<string, unknown> };
}
type AnyGet = (path: string, options: AnyOptions) => Promise<Answer<AnyPage>>;

async function* walkPages(get: AnyGet, path: string, options: AnyOptions = {}) {
  let cursor: string | null = null;
  do {
    const query = { ...options.params?.query, ...(cursor !== null && { cursor }) };
    const { data }: Answer<AnyPage> = await get(path, {
      ...options,
      params: { ...options.params, query },
    });
    yield data;
    cursor = data.page.next_cursor;
  } while (cursor !== null);
}

async function* walkRows(get: AnyGet, path: string, options?: AnyOptions) {
  for await (const { data } of walkPages(get, path, options)) yield* data;
}

/** A client of one service. @param baseUrl such as `http://127.0.0.1:3000`, with or without a path */
export function createClient(baseUrl: string, options: ClientOptions = {}): Client {
  const patience = { retries: 3, longest_wait_ms: 60_000, ...options.patience };
  const { GET, POST, PATCH, DELETE, use } = createFetchClient<paths>({
    baseUrl,
    fetch: retryingFetch(options.fetch ?? ((request) => fetch(request)), patience),
    // The service reads a comma as "or" and refuses a parameter that is repeated.
    querySerializer: { array: { style: 'form', explode: false } },
  });
  use(middleware(options));
  const get = GET as unknown as AnyGet;
  return {
    GET,
    POST,
    PATCH,
    DELETE,
    pages: (path: string, pageOptions?: AnyOptions) => walkPages(get, path, pageOptions),
    rows: (path: string, pageOptions?: AnyOptions) => walkRows(get, path, pageOptions),
  } as unknown as Client;
}
