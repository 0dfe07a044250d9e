import { dateParts, type Reference } from './reference.js';

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/**
 * A reference in the style of the APA (7th edition, 10.9, data sets), as plain text. The publisher is the author and so
 * not repeated; no date of retrieval, because what the address answers does not change.
 */
export function apaOf({ author, title, version, issued, permalink }: Reference): string {
  const [year, month, day] = dateParts(issued);
  return `${author}. (${year}, ${MONTHS[month - 1]} ${day}). ${title} (Version ${version}) [Data set]. ${permalink}`;
}
