import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const MODULES = realpathSync(join(ROOT, 'node_modules'));
// What a consumer's own installation brings: the client's dependency with its types, and the types of Node.js.
const INSTALLED = ['openapi-fetch', 'openapi-typescript-helpers', '@types', 'undici-types'];
const TSCONFIG = {
  compilerOptions: {
    target: 'es2023',
    module: 'nodenext',
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    types: ['node'],
  },
};

/** Makes a folder a project that has installed this package as `npm pack` makes it. */
export function installPacked(folder: string): void {
  const target = join(folder, 'node_modules', 'barrage-stats');
  mkdirSync(target, { recursive: true });
  execFileSync('npm', ['pack', '--pack-destination', folder], { cwd: ROOT, stdio: 'pipe' });
  const [file = ''] = readdirSync(folder).filter((name) => name.endsWith('.tgz'));
  const options = ['-C', target, '--strip-components=1'];
  execFileSync('tar', ['-xzf', join(folder, file), ...options]);
  for (const name of INSTALLED)
    symlinkSync(join(MODULES, name), join(folder, 'node_modules', name));
  writeFileSync(join(folder, 'package.json'), '{"type": "module"}');
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(TSCONFIG));
}

/** Checks and compiles the TypeScript files of a folder. @throws what the compiler says */
export function compile(folder: string): void {
  try {
    execFileSync(process.execPath, [join(MODULES, 'typescript/bin/tsc'), '-p', folder]);
  } catch (error) {
    throw new Error(String((error as { stdout?: Buffer }).stdout));
  }
}
