// npm runs this after an installation, and before it packs: `barrage-stats/client` is compiled where a compiler is.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './setup.mjs';

const compiler = join(ROOT, 'node_modules/typescript/bin/tsc');
// An installation of the service alone (--omit=dev) has none, and needs no client.
if (existsSync(compiler)) {
  const { status } = spawnSync(process.execPath, [compiler, '-p', 'tsconfig.client.json'], {
    cwd: ROOT,
    stdio: ['ignore', 2, 2],
  });
  process.exitCode = status ?? 1;
}
