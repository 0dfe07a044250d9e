import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clientAt } from '../../src/http/client-address.js';

describe('clientAt', () => {
  it.each([
    ['192.0.2.7', '192.0.2.7'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['::FFFF:192.0.2.7', '192.0.2.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:DB8:0001:0002::1', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['2001:db8::2:3:4:5:6', '2001:db8:0:2::/64'],
    ['2001:db8:1:2:3::', '2001:db8:1:2::/64'],
    ['::1', '0:0:0:0::/64'],
    ['::', '0:0:0:0::/64'],
    ['64:ff9b::192.0.2.7', '64:ff9b:0:0::/64'],
    ['1:2:3:4:5:6:192.0.2.7', '1:2:3:4::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ])('%s is %s', (address, client) => {
    expect(clientAt(address)).toBe(client);
  });

  it('takes all addresses of a /64 for one client, and those of another for another', () => {
    const group = fc.integer({ min: 0, max: 0xffff }).map((number) => number.toString(16));
    const half = fc.tuple(group, group, group, group);
    fc.assert(
      fc.property(half, half, half, half, (net, other, one, two) => {
        const at = (...parts: string[][]) => clientAt(parts.flat().join(':'));
        expect(at(net, one)).toBe(at(net, two));
        if (net.join() !== other.join()) expect(at(net, one)).not.toBe(at(other, one));
      }),
    );
  });

  it.each([[undefined], [''], ['x'.repeat(10_000)], ['1.2.3.4, 5.6.7.8'], ['2001:db8::1::2']])(
    'takes %s, which is no address, for one unknown client',
    (address) => {
      expect(clientAt(address)).toBe('unknown');
    },
  );
});
