const ENTRIES_MAX = 2_000;

/**
 * The same pure function of a text, which answers from memory what it was asked lately: rows of a file repeat their
 * dates, names and places by the thousand. It forgets everything once it has been asked 2,000 different things.
 *
 * @example remembered((text) => text.length)('night') // => 5
 */
export function remembered<T>(answer: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    const found = known.get(text);
    if (found !== undefined) return found;
    if (known.size >= ENTRIES_MAX) known.clear();
    const given = answer(text);
    known.set(text, given);
    return given;
  };
}
