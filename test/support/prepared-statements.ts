import Sqlite from 'better-sqlite3';
import { vi } from 'vitest';

/** Takes down the text of every statement that any connection of this process prepares. */
export function takeDownStatements(): { texts: ReadonlySet<string>; stop: () => void } {
  const texts = new Set<string>();
  const original = Sqlite.prototype.prepare;
  const spy = vi.spyOn(Sqlite.prototype, 'prepare').mockImplementation(function prepare(
    this: Sqlite.Database,
    text: string,
  ) {
    texts.add(text);
    return original.call(this, text);
  } as typeof original);
  return { texts, stop: () => spy.mockRestore() };
}
