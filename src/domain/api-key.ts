/** What a key may do: `write` records, `admin` may also change definitions. */
export const KEY_SCOPES = ['write', 'admin'] as const;
export type KeyScope = (typeof KEY_SCOPES)[number];
