import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CARD_NIGHT } from '../../src/demo/card-night.js';
import { specificationOf } from '../support/specification.js';
import { type TestApp, testApp } from '../support/test-app.js';

let test: TestApp;
beforeEach(async () => {
  test = await testApp();
  await test.post('/barrages', CARD_NIGHT);
});
afterEach(() => test.close());

const digestOf = (bytes: Buffer): string =>
  `sha-256=:${createHash('sha256').update(bytes).digest('base64')}:`;

/** Every statistic that the specification knows. */
async function statistics(): Promise<string[]> {
  const { paths } = await specificationOf<{ paths: Record<string, unknown> }>(test.app);
  return Object.keys(paths).filter((path) => /^\/stats(\/|$)/.test(path));
}

describe('Repr-Digest', () => {
  it('is true of the bytes of every statistic, also when only the head is asked for', async () => {
    const paths = await statistics();
    expect(paths.length).toBeGreaterThanOrEqual(9);
    for (const path of paths) {
      const answer = await test.get(`${path}?as_of=2`);
      expect(answer.statusCode, path).toBe(200);
      expect(answer.headers['repr-digest'], path).toBe(digestOf(answer.rawPayload));
      const head = await test.app.inject({ method: 'HEAD', url: `${path}?as_of=2` });
      expect(head.statusCode).toBe(200);
      expect(head.body).toBe('');
      expect(head.headers['repr-digest']).toMatch(/^sha-256=:[A-Za-z0-9+/]{43}=:$/);
      expect(head.headers['content-length']).toBe(answer.headers['content-length']);
    }
  });

  it('is of the bytes, while the digest of the citation is of the data', async () => {
    // A name outside ASCII has more bytes than characters.
    const asked = `/stats?launch_place=${encodeURIComponent('Єйськ')}`;
    const [one, two] = [await test.get(asked), await test.get(asked)];
    expect(one.headers['repr-digest']).toBe(digestOf(one.rawPayload));
    expect(one.json().meta.citation.digest).toBe(two.json().meta.citation.digest);
    expect(one.headers['repr-digest']).not.toBe(one.json().meta.citation.digest);
  });

  it('is true of pages with the same claims, however these were asked for, coded or not', async () => {
    const digests = new Set<unknown>();
    for (const day of ['01', '02', '03', '04', '05']) {
      for (const coding of ['identity', 'gzip']) {
        const headers = { 'accept-encoding': coding };
        const page = await test.get(`/claims?from=2000-01-${day}`, headers);
        expect(page.headers['content-encoding'] ?? 'identity').toBe(coding);
        expect(page.headers['repr-digest'], day).toBe(digestOf(page.rawPayload));
        digests.add(page.headers['repr-digest']);
      }
    }
    expect(digests.size).toBe(10);
  });

  it('is not on an error', async () => {
    expect((await test.get('/stats?as_of=99')).headers).not.toHaveProperty('repr-digest');
  });
});
