import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * The compiled file of a module, which a thread can read. Tests run the TypeScript; the compiled commands that they start
 * are there for it too.
 *
 * @param name where it lies in the program
 */
export function compiledFile(name: string): string {
  const own = fileURLToPath(new URL(`../${name}`, import.meta.url));
  return existsSync(own) ? own : fileURLToPath(new URL(`../../dist/${name}`, import.meta.url));
}
