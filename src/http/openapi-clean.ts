// Property escapes need the u flag, which half of the tools that read a specification do not set: they would refuse
// good values. Said without them, a pattern may let a little more through than the service does, never less.
const PORTABLE: readonly (readonly [escaped: string, portable: string])[] = [
  ['(?:[\\n\\t]|[^\\p{Cc}\\p{Cs}])', '[^\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f]'],
  ['[\\p{L}\\p{N}]', '[0-9A-Za-z\\u00aa-\\uffff]'],
  ['[\\p{Ll}\\p{Lm}\\p{Lo}\\p{N}]', '[0-9a-z\\u00aa-\\uffff]'],
  ['\\p{Zs}', ' \\u00a0\\u1680\\u2000-\\u200a\\u202f\\u205f\\u3000'],
  ['[^\\s\\p{Cc}\\p{Cs}]', '[^\\s\\x00-\\x1f\\x7f-\\x9f]'],
  // Lone surrogates cannot be written in UTF-8 at all.
  ['[^\\p{Cs}]', '[\\s\\S]'],
];

const portable = (pattern: string): string =>
  PORTABLE.reduce((text, [escaped, plain]) => text.replaceAll(escaped, plain), pattern);

/** zod spells out what `format` says already, in 190 characters, and the limits of the machine as if they were ours. */
function isNoise(name: string, value: unknown, format: unknown): boolean {
  if (name === 'pattern' && (format === 'date' || format === 'date-time')) return true;
  return Math.abs(Number(value)) === Number.MAX_SAFE_INTEGER;
}

/** A part of the specification without what zod's own machinery leaves in it. */
export function cleaned<T>(part: T): T {
  if (Array.isArray(part)) return part.map(cleaned) as T;
  if (typeof part !== 'object' || part === null) return part;
  const format = 'format' in part ? part.format : undefined;
  const kept = Object.entries(part).flatMap(([name, value]): [string, unknown][] => {
    if (isNoise(name, value, format)) return [];
    const isPattern = name === 'pattern' && typeof value === 'string';
    return [[name, isPattern ? portable(value) : cleaned(value)]];
  });
  return Object.fromEntries(kept) as T;
}
