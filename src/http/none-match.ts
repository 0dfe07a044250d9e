const opaque = (tag: string): string => tag.trim().replace(/^W\//, '');

/** Whether If-None-Match lets a GET through: none of its tags is this one, compared weakly (RFC 9110, 13.1.2). */
export function noneMatch(header: string | undefined, tag: string): boolean {
  if (header === undefined) return true;
  return header.trim() !== '*' && !header.split(',').some((one) => opaque(one) === opaque(tag));
}
