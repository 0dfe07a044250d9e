/**
 * Whether two values of plain JSON are equal: lists in order, maps in any order of keys.
 *
 * Written here because the order of keys in a stored JSON text means nothing, and because the domain imports no `node:*`.
 *
 * @example sameValue({ a: 1, b: [null] }, { b: [null], a: 1 }) // => true
 */
export function sameValue(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) {
    return false;
  }
  if (Array.isArray(one) !== Array.isArray(other)) return false;
  const mine = Object.entries(one);
  const theirs = new Map(Object.entries(other));
  return (
    mine.length === theirs.size &&
    mine.every(([key, value]) => theirs.has(key) && sameValue(value, theirs.get(key)))
  );
}
