// node scripts/run.mjs main|cli/NAME [arguments]: sets up what is missing, then runs the built entry.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureBuilt, ROOT } from './setup.mjs';

ensureBuilt();
const [entry = 'main', ...args] = process.argv.slice(2);
const file = join(ROOT, 'dist', `${entry}.js`);
process.argv = [process.execPath, file, ...args];
await import(pathToFileURL(file).href);
