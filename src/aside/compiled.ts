import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * The built file of a thread's module. This one is as deep in `src/` as in `dist/`, where it is a part of some file in
 * `shared/`. Tests run the TypeScript; the built commands that they start are there for it too.
 *
 * @param name where it lies in `dist/`
 */
export function compiledFile(name: string): string {
  const own = fileURLToPath(new URL(`../${name}`, import.meta.url));
  return existsSync(own) ? own : fileURLToPath(new URL(`../../dist/${name}`, import.meta.url));
}
