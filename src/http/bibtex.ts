import { dateParts, type Reference, referenceKey, referenceNote } from './reference.js';

const ESCAPES: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}',
  '~': '\\textasciitilde{}',
  '^': '\\textasciicircum{}',
  '&': '\\&',
  '%': '\\%',
  $: '\\$',
  '#': '\\#',
  _: '\\_',
  '{': '\\{',
  '}': '\\}',
};

/**
 * Text for a BibTeX field: LaTeX's own characters escaped, one pass so that no escape is escaped again. Letters outside
 * ASCII stay as they are: biber and every LaTeX since 2018 read UTF-8.
 */
export const latexText = (text: string): string =>
  text.replaceAll(/[\\~^&%$#_{}]/g, (character) => ESCAPES[character] ?? character);

// Readers take `url` verbatim, so it is not escaped; what would end the field is percent-encoded, which means the same.
const verbatimAddress = (url: string): string =>
  url.replaceAll('{', '%7B').replaceAll('}', '%7D').replaceAll('\\', '%5C');

const twoDigits = (number: number): string => String(number).padStart(2, '0');

/** A reference as BibTeX. `@misc`, because BibTeX's own styles know no `@dataset`; biblatex reads the rest as well. */
export function bibtexOf(reference: Reference): string {
  const [year, month, day] = dateParts(reference.issued);
  const [accessedYear, accessedMonth, accessedDay] = dateParts(reference.accessed);
  const fields = {
    author: `{${latexText(reference.author)}}`,
    title: `{${latexText(reference.title)}}`,
    year: String(year),
    month: String(month),
    day: String(day),
    version: String(reference.version),
    howpublished: 'Data set',
    url: verbatimAddress(reference.permalink),
    urldate: `${accessedYear}-${twoDigits(accessedMonth)}-${twoDigits(accessedDay)}`,
    note: latexText(referenceNote(reference)),
  };
  const lines = Object.entries(fields).map(([name, value]) => `  ${name} = {${value}}`);
  return `@misc{${referenceKey(reference)},\n${lines.join(',\n')}\n}\n`;
}
