import { type Break, breaksBetween, type ReportingEra } from '../domain/era.js';

/** The nights that a claimant's counted claims cover. */
interface Span {
  first: string;
  last: string;
  eras: readonly ReportingEra[];
}

/** By the claimant whose eras they are: a source, or the sources of a party. */
export type Spans = Map<string, Span>;

/** Widens the span of a claimant; one without eras has none. */
export function cover(spans: Spans, { first, last, eras }: Span): void {
  const lineage = eras[0]?.source ?? eras[0]?.party;
  if (lineage === undefined || lineage === null) return;
  const span = spans.get(lineage);
  if (span === undefined) {
    spans.set(lineage, { first, last, eras });
    return;
  }
  if (first < span.first) span.first = first;
  if (last > span.last) span.last = last;
}

/** Widens spans by others. */
export function coverAll(spans: Spans, more: Spans): void {
  for (const span of more.values()) cover(spans, span);
}

/** Breaks of definition inside of spans, in their order. */
export function breaksIn(spans: Spans): Break[] {
  const found = new Map<string, Break>();
  for (const { first, last, eras } of spans.values()) {
    for (const item of breaksBetween(eras, first, last)) {
      found.set(`${item.night} ${item.from} ${item.to}`, item);
    }
  }
  return [...found.values()].toSorted((a, b) => (a.night < b.night ? -1 : 1));
}
