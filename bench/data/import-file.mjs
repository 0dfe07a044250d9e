// A file for the import: every row another claim, on the same nights as the rest of the data. The format names no
// parties, so its rows go to the pair that the importer knows; their sources and counts are invented.
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { dayAfter, FIRST_NIGHT, NIGHTS, SIZES } from './cells.mjs';
import { generator } from './random.mjs';

const SEED = 2;
const MOST_LAUNCHED = 120;
const BUFFER_BYTES = 1 << 20;
const HEADER =
  'time_start,time_end,model,launch_place,target,launched,destroyed,not_reach_goal,border_crossing,source';

function row(index, random) {
  const night = dayAfter(FIRST_NIGHT, index % NIGHTS);
  const [start, end] = [`${dayAfter(night, -1)} 20:00`, `${night} 07:00`];
  const launched = 1 + Math.floor(random() * MOST_LAUNCHED);
  const destroyed = Math.floor(launched * random());
  const lost = Math.floor((launched - destroyed) * random());
  const source = `https://reports.example/rows/${index}`;
  return `${start},${end},Synthetic UAV,Synthetic range,,${launched},${destroyed},${lost},,${source}`;
}

/** Writes a file with as many rows as a size has claims. */
export async function makeImportFile(path, size) {
  const random = generator(SEED);
  const file = createWriteStream(path, { highWaterMark: BUFFER_BYTES });
  file.write(`${HEADER}\n`);
  for (let index = 0; index < SIZES[size]; index += 1) {
    if (!file.write(`${row(index, random)}\n`)) await once(file, 'drain');
  }
  file.end();
  await once(file, 'close');
}
