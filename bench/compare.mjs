// node bench/compare.mjs FILE: holds the figures of a short run against the committed ones. Ends with 1 if a ratio fell
// by more than a third.
import { checkAgainstCommitted } from './report/check.mjs';

checkAgainstCommitted(process.argv[2]);
