import { isIP } from 'node:net';

const V4_IN_V6 = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i;
const PREFIX_GROUPS = 4;

// Whoever polls comes from the same address each time.
const KNOWN_MAX = 4_096;
const ADDRESS_MAX = 64;
const known = new Map<string, string>();

/**
 * Who is behind an address, as far as limits are concerned: an IPv4 address, or the /64 network of an IPv6 address, of
 * which one customer commonly has all 2^64 addresses. What is no address is nobody in particular.
 */
export function clientAt(address = ''): string {
  const found = known.get(address);
  if (found !== undefined) return found;
  const client = networkOf(address);
  // A forwarded address can be any text.
  if (address.length > ADDRESS_MAX) return client;
  if (known.size === KNOWN_MAX) known.clear();
  known.set(address, client);
  return client;
}

function networkOf(address: string): string {
  const text = address.split('%', 1)[0] ?? '';
  const version = isIP(text);
  if (version === 0) return 'unknown';
  const [, v4] = V4_IN_V6.exec(text) ?? [];
  if (version === 4 || v4 !== undefined) return v4 ?? text;
  const [head = '', tail] = text.split('::');
  const left = head === '' ? [] : head.split(':');
  // A dotted end stands for two groups.
  const right =
    tail === undefined || tail === '' ? [] : tail.replace(/[\d.]+\.\d+$/, '0:0').split(':');
  const zeros = tail === undefined ? 0 : 8 - left.length - right.length;
  const groups = [...left, ...Array<string>(zeros).fill('0'), ...right].slice(0, PREFIX_GROUPS);
  return `${groups.map((group) => Number.parseInt(group, 16).toString(16)).join(':')}::/64`;
}
