import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { encode, encodingFor } from '../../src/http/encoding.js';

describe('encodingFor', () => {
  it.each([
    [undefined, 'identity'],
    ['', 'identity'],
    ['gzip', 'gzip'],
    ['gzip, deflate, br, zstd', 'br'],
    ['br;q=0.1, gzip;q=0.9', 'gzip'],
    ['br;q=0, gzip;q=0', 'identity'],
    ['*', 'br'],
    ['deflate', 'identity'],
    ['identity;q=1, gzip;q=0.5', 'identity'],
  ])('%j gets %s', (header, expected) => {
    expect(encodingFor(header)).toBe(expected);
  });
});

describe('encode', () => {
  const long = Buffer.from('launched 67, intercepted 58; '.repeat(100));

  it('codes what is worth it, and it decodes to the same bytes', async () => {
    const br = await encode(long, 'br');
    expect(br.encoding).toBe('br');
    expect(brotliDecompressSync(br.body)).toEqual(long);
    const gz = await encode(long, 'gzip');
    expect(gunzipSync(gz.body)).toEqual(long);
    expect(gz.body.length).toBeLessThan(long.length / 4);
  });

  it('leaves small bodies and identity as they are', async () => {
    const short = Buffer.from('{}');
    expect(await encode(short, 'br')).toEqual({ body: short, encoding: 'identity' });
    expect(await encode(long, 'identity')).toEqual({ body: long, encoding: 'identity' });
  });
});
