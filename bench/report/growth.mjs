// How a cost grows: the service's figures at each size beside those at the smallest.
import { grouped, rounded } from './table.mjs';

const rowOf = (cells) => `| ${cells.join(' | ')} |`;

/** How many times as much a figure is as at the first size, by measurement. */
export function growthOf(measurements) {
  return grouped(measurements)
    .filter((bySize) => bySize.length > 1 && bySize.every(({ figures }) => figures.service))
    .map((bySize) => {
      const values = bySize.map(({ figures }) => figures.service.median);
      return {
        title: bySize[0].title,
        unit: bySize[0].unit,
        sizes: bySize.map(({ size }) => size),
        values,
        factors: values.map((value) => value / values[0]),
      };
    });
}

/** The growth as a Markdown table; empty with one size only. */
export function growthTable(measurements) {
  const rows = growthOf(measurements);
  if (rows.length === 0) return '';
  const sizes = [...new Set(rows.flatMap((row) => row.sizes))];
  const cellAt = (row, size) => {
    const index = row.sizes.indexOf(size);
    return index === -1 ? '–' : `${rounded(row.values[index])} (× ${rounded(row.factors[index])})`;
  };
  const head = ['the service alone', 'unit', ...sizes];
  return [
    rowOf(head),
    rowOf(head.map((_, index) => (index < 2 ? '---' : '--:'))),
    ...rows.map((row) => rowOf([row.title, row.unit, ...sizes.map((size) => cellAt(row, size))])),
  ].join('\n');
}
