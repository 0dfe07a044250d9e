// The figures as one picture: bars on a logarithmic scale, one panel per measurement at its largest size. A chart
// library would be the heaviest package of the project for four kinds of shapes.
import { titleOf } from '../contenders/registry.mjs';
import { grouped, rounded } from './table.mjs';

const WIDTH = 860;
const LEFT = 290;
const RIGHT = 120;
const BAR = 16;
const GAP = 6;
const HEAD = 34;
const MARGIN = 16;
const TITLE = 40;
// The shortest bar must still be seen.
const SHORTEST = 2;
const OURS = '#0b6e4f';
const THEIRS = '#9aa5b1';

const escaped = (text) =>
  String(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('`', '');

/** Length of a bar: decades above the decade below the smallest value. */
export function barLength(value, values, width) {
  const [low, high] = [Math.min(...values), Math.max(...values)].map(Math.log10);
  const floor = Math.floor(low - 0.001);
  const share = (Math.log10(value) - floor) / Math.max(high - floor, 1);
  return Math.max(SHORTEST, share * width);
}

function bar(name, figure, values, y) {
  const length = barLength(figure.median, values, WIDTH - LEFT - RIGHT);
  const middle = y + BAR * 0.75;
  const fill = name === 'service' ? OURS : THEIRS;
  return [
    `<text x="${LEFT - 8}" y="${middle}" text-anchor="end">${escaped(titleOf(name))}</text>`,
    `<rect x="${LEFT}" y="${y}" width="${length.toFixed(1)}" height="${BAR}" fill="${fill}"/>`,
    `<text x="${(LEFT + length + 6).toFixed(1)}" y="${middle}">${rounded(figure.median)}</text>`,
  ].join('\n');
}

const sorted = ({ figures, better }) =>
  Object.entries(figures).toSorted(([, a], [, b]) =>
    better === 'higher' ? b.median - a.median : a.median - b.median,
  );

function panel(measurement, top) {
  const { title, size, unit, better } = measurement;
  const bars = sorted(measurement);
  const values = bars.map(([, { median }]) => median);
  const heading = `${title} (${size} claims; ${unit}, ${better === 'higher' ? 'longer' : 'shorter'} is better)`;
  const lines = bars.map(([name, figure], index) =>
    bar(name, figure, values, top + HEAD + index * (BAR + GAP)),
  );
  const text = `<text x="${MARGIN}" y="${top + HEAD - 10}" class="head">${escaped(heading)}</text>`;
  return { svg: [text, ...lines].join('\n'), height: HEAD + bars.length * (BAR + GAP) + MARGIN };
}

/** An SVG of a run. @param results with measurements */
export function chartOf({ measurements, machine, versions }) {
  const panels = [];
  let top = TITLE;
  for (const bySize of grouped(measurements)) {
    const drawn = panel(bySize.at(-1), top);
    panels.push(drawn.svg);
    top += drawn.height;
  }
  const subtitle = `${machine.cpu}, ${machine.cores} cores, Node ${versions.node}; logarithmic scale, medians`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${top}" width="${WIDTH}" height="${top}" role="img" aria-label="Figures of the benchmark">
<style>text{font:12px system-ui,sans-serif;fill:#1f2933}.head{font-weight:600}.note{fill:#616e7c}</style>
<rect width="100%" height="100%" fill="#fff"/>
<text x="${MARGIN}" y="24" class="note">${escaped(subtitle)}</text>
${panels.join('\n')}
</svg>
`;
}
