import { dateParts, type Reference, referenceKey, referenceNote } from './reference.js';

/** A reference as an item of CSL-JSON, which Zotero, Pandoc and citeproc read. It has no DOI, so it gives none. */
export function cslJsonOf(reference: Reference) {
  return {
    id: referenceKey(reference),
    type: 'dataset' as const,
    title: reference.title,
    author: [{ literal: reference.author }],
    issued: { 'date-parts': [dateParts(reference.issued)] },
    accessed: { 'date-parts': [dateParts(reference.accessed)] },
    version: String(reference.version),
    URL: reference.permalink,
    note: referenceNote(reference),
  };
}
