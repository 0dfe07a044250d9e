const lastingOnes = new WeakSet<object>();

/**
 * Marks figures that never change, nor anything inside them, and that answers hold again and again: as long as nothing
 * is written that they follow from. Whoever writes them down may keep the text with them.
 */
export function lasting<T extends object>(figures: T): T {
  lastingOnes.add(figures);
  return figures;
}

/** Whether figures were marked by {@link lasting}. */
export const isLasting = (figures: object): boolean => lastingOnes.has(figures);
