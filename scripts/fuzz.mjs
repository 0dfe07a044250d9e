// npm run fuzz [-- --seconds 60] [--seed N]: requests made from the specification, for longer than the tests take.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ensureInstalled, ROOT } from './setup.mjs';

const { values } = parseArgs({
  options: { seconds: { type: 'string', default: '60' }, seed: { type: 'string' } },
});
ensureInstalled();
const vitest = join(ROOT, 'node_modules/vitest/vitest.mjs');
const seed = values.seed ?? String(Date.now() % 1_000_000_000);
const { status } = spawnSync(
  process.execPath,
  [vitest, 'run', 'test/fuzz', '--disable-console-intercept'],
  {
    cwd: ROOT,
    stdio: 'inherit',
    env: { ...process.env, FUZZ_SECONDS: values.seconds, FUZZ_SEED: seed },
  },
);
process.exit(status ?? 1);
