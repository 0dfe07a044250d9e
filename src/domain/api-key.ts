/** What a key may do: `read` only has a larger share of requests, `write` also records, `admin` may also change definitions. */
export const KEY_SCOPES = ['read', 'write', 'admin'] as const;
export type KeyScope = (typeof KEY_SCOPES)[number];
