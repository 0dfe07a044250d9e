/** Items by key, in their order: the one pass over a list that keeps every comparison linear. */
export function gather<T>(items: Iterable<T>, keyOf: (item: T) => string): Map<string, T[]> {
  const byKey = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = byKey.get(key);
    if (group === undefined) byKey.set(key, [item]);
    else group.push(item);
  }
  return byKey;
}
