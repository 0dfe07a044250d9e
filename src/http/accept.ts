interface Range {
  type: string;
  q: number;
}

function rangesOf(accept: string): Range[] {
  return accept.split(',').map((part) => {
    const [type = '', ...parameters] = part.split(';').map((text) => text.trim().toLowerCase());
    const weight = parameters.find((text) => /^q\s*=/.test(text))?.replace(/^q\s*=\s*/, '');
    // A weight that cannot be read says nothing against the type.
    const q = weight === undefined || Number.isNaN(Number(weight)) ? 1 : Number(weight);
    return { type, q };
  });
}

// RFC 9110, 12.5.1: the most specific range that covers a type decides.
function qualityOf(media: string, ranges: readonly Range[]): number {
  const [kind = ''] = media.split('/', 1);
  for (const name of [media, `${kind}/*`, '*/*']) {
    const range = ranges.find(({ type }) => type === name);
    if (range !== undefined) return range.q;
  }
  return 0;
}

/**
 * Whether an Accept header would rather have one media type than another. Without a header, and where both are equally
 * welcome, it would not.
 */
export function prefers(accept: string | undefined, media: string, over: string): boolean {
  const ranges = rangesOf(accept ?? '*/*');
  return qualityOf(media, ranges) > qualityOf(over, ranges);
}
