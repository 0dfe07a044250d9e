// The part of docs/performance.md that is made from the figures, between its two marks.
import { titleOf } from '../contenders/registry.mjs';
import { growthTable } from './growth.mjs';
import { runsOf } from './runs.mjs';
import { tablesOf } from './table.mjs';

const BEGIN = '<!-- generated: npm run bench:report -->';
const END = '<!-- end of generated -->';

const listed = (entries) => entries.map(([name, value]) => `${name} ${value}`).join(', ');

const runLine = ({ at, commit, rounds, seconds, sizes }) =>
  `- ${at.slice(0, 10)}, commit \`${commit}\`, ${sizes.join(', ')}: ${rounds} interleaved rounds of ${seconds} s.`;

function conditions({ machine, versions, measurements }) {
  const { cpu, cores, memory_gib, system } = machine;
  return [
    `Measured on ${cpu}, ${cores} cores, ${memory_gib} GiB, ${system}. Versions: ${listed(Object.entries(versions))}.`,
    runsOf(measurements).map(runLine).join('\n'),
  ].join('\n\n');
}

function settingsList(settings) {
  const lines = Object.entries(settings)
    .filter(([, own]) => Object.keys(own).length > 0)
    .map(([name, own]) => `- ${titleOf(name)}: ${listed(Object.entries(own))}`);
  return ['Set by the benchmark, all else as it comes:', '', ...lines].join('\n');
}

/** Who was left out, and why. */
function absences(measurements) {
  const lines = measurements.flatMap(({ title, size, unavailable }) =>
    Object.entries(unavailable).map(
      ([name, reason]) => `- ${titleOf(name)}, ${title}, ${size}: ${reason.split('\n', 1)[0]}`,
    ),
  );
  return lines.length === 0 ? '' : ['Not measured:', '', ...lines].join('\n');
}

function generated(results) {
  const growth = growthTable(results.measurements);
  return [
    conditions(results),
    '![Every measurement at its largest size](performance.svg)',
    growth && `### How the cost grows\n\n${growth}`,
    tablesOf(results),
    settingsList(results.settings),
    absences(results.measurements),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

/** A document with its generated part made anew. @throws Error if its marks are missing */
export function withGenerated(document, results) {
  const [begin, end] = [document.indexOf(BEGIN), document.indexOf(END)];
  if (begin === -1 || end < begin) throw new Error(`the document lacks ${BEGIN} … ${END}`);
  const before = document.slice(0, begin + BEGIN.length);
  return `${before}\n\n${generated(results)}\n\n${document.slice(end)}`;
}
