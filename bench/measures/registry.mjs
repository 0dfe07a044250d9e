import { crowd } from './crowd.mjs';
import { memory, start } from './footprint.mjs';
import { imports } from './import.mjs';
import { long } from './long.mjs';
import { pages } from './pages.mjs';
import { poll } from './poll.mjs';
import { stats } from './stats.mjs';
import { batches, writes } from './writes.mjs';

/** What can be measured, in the order in which it is: what writes most comes last. `short` takes part in the short form. */
export const MEASURES = {
  start: { short: false, measures: start },
  poll: { short: true, measures: poll },
  pages: { short: true, measures: pages },
  stats: { short: true, measures: stats },
  memory: { short: false, measures: memory },
  long: { short: false, measures: long },
  crowd: { short: false, measures: crowd },
  writes: { short: true, measures: writes },
  batches: { short: true, measures: batches },
  import: { short: false, measures: imports },
};
