import { createHash } from 'node:crypto';

/** What a citation says, before it takes one of the forms that reference managers and journals read. */
export interface Reference {
  title: string;
  author: string;
  /** Dataset version. */
  version: number;
  method_version: number;
  /** When that version was written, RFC 3339. */
  issued: string;
  /** When the reference was made, RFC 3339. */
  accessed: string;
  /** Absolute. */
  permalink: string;
  digest: string;
}

const KEY_LENGTH = 8;

/** A name for the reference that no other link of a text has: it comes from the link. */
export function referenceKey({ author, version, permalink }: Reference): string {
  const hash = createHash('sha256').update(permalink).digest('hex');
  return `${author}-v${version}-${hash.slice(0, KEY_LENGTH)}`;
}

/** Year, month and day of an instant, in UTC. */
export function dateParts(instant: string): [number, number, number] {
  const date = new Date(instant);
  return [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()];
}

/** What stays beside the title: enough to check a copy. */
export const referenceNote = ({ version, method_version, digest }: Reference): string =>
  `Dataset version ${version}, method version ${method_version}; digest of the data ${digest}`;
