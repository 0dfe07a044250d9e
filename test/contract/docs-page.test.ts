import type { LightMyRequestResponse } from 'fastify';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { operationsOf } from '../../src/http/openapi-operations.js';
import { hasBrowser, Page } from '../support/browser.js';
import { listen } from '../support/event-stream.js';
import { pipelineAndHangUp } from '../support/pipeline.js';
import { specificationOf } from '../support/specification.js';
import { type TestApp, testApp } from '../support/test-app.js';

let test: TestApp;
let base: string;
beforeAll(async () => {
  test = await testApp();
  base = await listen(test.app);
});
afterAll(() => test.close());

if (!hasBrowser) console.warn('no Chromium here: the pages are not opened in a browser');

describe.skipIf(!hasBrowser)('in a browser', () => {
  it('/docs shows every operation, says nothing on the console and asks nobody else', async () => {
    const count = operationsOf(await specificationOf(test.app)).length;
    const page = await Page.open(`${base}/docs`);
    try {
      const shown = "document.querySelectorAll('.opblock').length";
      await page.until(`${shown} >= ${count}`);
      expect(await page.until(shown)).toBe(count);
      // Unfolded, an operation shows its examples.
      await page.until(
        "document.querySelector('#operations-statistics-getStats button').click() || 1",
      );
      const text = "document.querySelector('#operations-statistics-getStats').innerText";
      await page.until(`${text}.includes('launched')`);
      expect(await page.until(text)).toContain('"launched": 67');
      expect(page.complaints).toEqual([]);
      expect(page.requested).toContain(`${base}/docs/static/swagger-ui-bundle.js`);
      const elsewhere = page.requested.filter(
        (url) => !url.startsWith(base) && !/^data:/.test(url),
      );
      expect(elsewhere).toEqual([]);
    } finally {
      await page.close();
    }
  });

  it('/problems/{slug} is a page, under a policy that it keeps', async () => {
    const page = await Page.open(`${base}/problems/validation`);
    try {
      const heading = await page.until("document.querySelector('h1')?.innerText");
      expect(heading).toBe('The body is well formed but wrong');
      const width = "getComputedStyle(document.body).maxWidth !== 'none'";
      expect(await page.until(width), 'its own style is let in').toBe(true);
      expect(page.complaints).toEqual([]);
    } finally {
      await page.close();
    }
  });
});

describe('/docs', () => {
  const CSS = '/docs/static/swagger-ui.css';

  it('is a page under a policy of its own, with what it loads', async () => {
    for (const url of ['/docs', '/docs/']) {
      const page = await test.get(url);
      expect(page.headers['content-type']).toBe('text/html; charset=utf-8');
      expect(page.headers['content-security-policy']).toMatch(/^default-src 'self'/);
      expect(page.headers['x-content-type-options']).toBe('nosniff');
      expect(page.body).toContain('swagger-initializer.js');
    }
    const style = await test.get(CSS);
    expect(style.headers['content-type']).toMatch(/^text\/css/);
    expect(Number(style.headers['content-length'])).toBe(style.rawPayload.length);
    const head = await test.request({ method: 'HEAD', url: CSS });
    expect(head.headers['content-length']).toBe(style.headers['content-length']);
    expect(head.body).toBe('');
  });

  it('is given as a whole, whatever part or condition is asked for', async () => {
    const { body, headers } = await test.get(CSS);
    expect(headers['accept-ranges']).toBeUndefined();
    for (const asked of [
      { range: 'bytes=0-9' },
      { range: 'bytes=99999999-' },
      { 'if-match': '"x"' },
    ]) {
      const answer = await test.get(CSS, asked);
      expect([answer.statusCode, answer.body === body], JSON.stringify(asked)).toEqual([200, true]);
    }
  });

  it('304 without a body for what was read before', async () => {
    const { headers } = await test.get(CSS);
    const again = await test.get(CSS, { 'if-none-match': String(headers.etag) });
    expect([again.statusCode, again.body]).toEqual([304, '']);
    expect(again.headers['content-length']).toBeUndefined();
  });

  it('lets go of files that nobody waits for any more', async () => {
    const inject = vi.spyOn(await test.app.documentation(), 'inject');
    await pipelineAndHangUp(base, '/docs/static/swagger-ui-bundle.js', 20);
    const given = inject.mock.results.map(({ value }) => value as Promise<LightMyRequestResponse>);
    const answers = await Promise.all(given);
    inject.mockRestore();
    expect(answers.length).toBeGreaterThan(1);
    await vi.waitFor(() => expect(answers.filter(({ raw }) => !raw.res.destroyed)).toHaveLength(0));
  });

  it('answers with a problem document for what there is not', async () => {
    const wrong = ['/docs/static/%00', '/docs/static/..%2f..%2fx'];
    for (const url of ['/docs/none', '/docs/static/none', ...wrong]) {
      const answer = await test.get(url);
      expect(answer.statusCode, url).toBe(404);
      expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8');
      expect(answer.json().detail).toContain(url);
    }
  });
});

describe('/problems/{slug}', () => {
  it('is JSON unless HTML is wanted more', async () => {
    for (const accept of ['*/*', 'application/json', 'application/json, text/html;q=0.9']) {
      const response = await test.get('/problems/gone', { accept });
      expect(response.json(), accept).toMatchObject({ slug: 'gone', status: 410 });
    }
    const browser = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8';
    const page = await test.get('/problems/gone', { accept: browser });
    expect(page.headers['content-type']).toMatch(/^text\/html/);
    expect(page.headers['content-security-policy']).toMatch(/^default-src 'none'/);
    expect(page.headers.vary).toBe('Accept, Accept-Encoding');
  });

  it('never gives back what it was asked for', async () => {
    const url = `/problems/${encodeURIComponent('<script>alert(1)</script>')}`;
    const response = await test.get(url, { accept: 'text/html' });
    expect(response.statusCode).toBe(404);
    expect(response.headers['content-type']).toBe('application/problem+json; charset=utf-8');
  });
});
