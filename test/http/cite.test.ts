import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CARD_NIGHT } from '../../src/demo/card-night.js';
import { apaOf } from '../../src/http/apa.js';
import { bibtexOf, latexText } from '../../src/http/bibtex.js';
import { cslJsonOf } from '../../src/http/csl-json.js';
import type { Reference } from '../../src/http/reference.js';
import { specificationOf } from '../support/specification.js';
import { type TestApp, testApp } from '../support/test-app.js';

let test: TestApp;
beforeEach(async () => {
  test = await testApp();
  await test.post('/barrages', CARD_NIGHT);
});
afterEach(() => test.close());

const HOST = { host: 'data.example' };
const cite = (url: string, headers: Record<string, string> = HOST, from = test) =>
  from.get(`/cite?url=${encodeURIComponent(url)}`, headers);
const ASKED = '/stats?from=2024-09-07&to=2024-09-07&munition=kh-101,geran-2&as_of=2';

describe('GET /cite', () => {
  it('gives a permalink in every form, with the digest of what it answers', async () => {
    const { meta } = (await test.get(ASKED)).json();
    const { data } = (await cite(meta.citation.permalink)).json();
    const permalink = `http://data.example${meta.citation.permalink}`;
    expect(data).toMatchObject({ permalink, digest: meta.citation.digest });
    expect(data.text).toBe(meta.citation.text.replace(meta.citation.permalink, permalink));
    const title =
      'Interception statistics /stats: claims about RUS against UKR, nights 2024-09-07 to 2024-09-07';
    const issued = new Date(meta.as_of);
    expect(data.csl_json).toMatchObject({
      type: 'dataset',
      title,
      version: '2',
      URL: permalink,
      issued: {
        'date-parts': [[issued.getUTCFullYear(), issued.getUTCMonth() + 1, issued.getUTCDate()]],
      },
    });
    expect(data.csl_json).not.toHaveProperty('DOI');
    expect(data.csl_json.note).toContain(meta.citation.digest);
    expect(data.apa).toMatch(/^barrage-stats\. \(\d{4}, [A-Z][a-z]+ \d{1,2}\)\. /);
    expect(data.apa.endsWith(`${title} (Version 2) [Data set]. ${permalink}`)).toBe(true);
    expect(data.bibtex).toContain(`  url = {${permalink}},\n`);
    expect(data.bibtex).toContain(`  title = {{${title}}},\n`);
  });

  it('takes every statistic that has a permalink', async () => {
    const { paths } = await specificationOf<{ paths: object }>(test.app);
    const statistics = Object.keys(paths).filter((path) => /^\/stats(\/|$)/.test(path));
    let cited = 0;
    for (const path of statistics) {
      const { meta } = (await test.get(path)).json();
      if (meta.citation === undefined) continue;
      const { data } = (await cite(meta.citation.permalink)).json();
      expect(data.digest, path).toBe(meta.citation.digest);
      cited += 1;
    }
    expect(cited).toBeGreaterThanOrEqual(8);
  });

  it('takes a link that is longer or shorter than the permalink for the same, and cites the permalink', async () => {
    const [short, long] = await Promise.all([
      cite('/stats?as_of=2'),
      cite('/stats?side=defender&as_of=2&scope=national'),
    ]);
    expect(short.json().data.permalink).toBe(long.json().data.permalink);
    expect(short.json().data.csl_json.id).toBe(long.json().data.csl_json.id);
  });

  it('takes links under PUBLIC_URL and under the host that was asked, and cites PUBLIC_URL', async () => {
    const named = await testApp(undefined, { PUBLIC_URL: 'https://example.org/air' });
    const permalink = (await named.get('/stats')).json().meta.citation.permalink;
    expect(permalink).toMatch(/^https:\/\/example\.org\/air\/stats\?/);
    for (const url of [permalink, 'http://data.example/stats?as_of=1', '/stats?as_of=1']) {
      const answer = await cite(url, HOST, named);
      expect(answer.statusCode, url).toBe(200);
      expect(answer.json().data.permalink).toBe(permalink);
    }
    const outside = await cite('https://example.org/stats?as_of=1', HOST, named);
    expect(outside.json().errors[0].code).toBe('not_ours');
    await named.close();
  });

  it.each([
    ['https://example.org/stats?as_of=2', 'not_ours'],
    ['//example.org/stats?as_of=2', 'not_ours'],
    ['/\\example.org/stats?as_of=2', 'not_ours'],
    ['http://data.example@example.org/stats?as_of=2', 'not_ours'],
    ['http://me:secret@data.example/stats?as_of=2', 'not_ours'],
    ['http://relative.invalid/stats?as_of=2', 'not_ours'],
    ['ftp://data.example/stats?as_of=2', 'not_ours'],
    ['stats?as_of=2', 'not_ours'],
    ['http://[', 'not_ours'],
    ['/claims?as_of=2', 'not_a_statistic'],
    ['/stats/../claims?as_of=2', 'not_a_statistic'],
    ['/stats/nothing?as_of=2', 'not_a_statistic'],
    ['/statistics?as_of=2', 'not_a_statistic'],
    ['/stats/measures?as_of=2', 'not_a_statistic'],
    ['/cite?url=x', 'not_a_statistic'],
    ['/stats', 'not_pinned'],
    ['/stats?as_of=latest', 'not_pinned'],
    ['/stats?as_of=99', 'no_such_version'],
    ['/stats?as_of=2&sides=all', 'unknown'],
    ['/stats?as_of=2&as_of=1', 'repeated'],
  ])('400 for %s: %s', async (url, code) => {
    const response = await cite(url);
    expect(response.statusCode).toBe(400);
    expect(response.json().type).toBe('/problems/invalid-parameter');
    expect(response.json().errors[0]).toMatchObject({ parameter: 'url', code });
  });

  it.each(['ex.org:99999', 'a b', '[', 'a/b', 'a?b', 'a#b', 'me@ex.org', 'a"b', '::1'])(
    '400 for Host: %s, unless PUBLIC_URL is set',
    async (host) => {
      const named = await testApp(undefined, { PUBLIC_URL: 'https://example.org/air' });
      for (const url of [`/cite?url=${encodeURIComponent('/stats?as_of=1')}`, '/dataset']) {
        const response = await test.get(url, { host });
        expect(response.statusCode, url).toBe(400);
        expect(response.json().type).toBe('/problems/malformed-request');
        expect((await named.get(url, { host })).statusCode, url).toBe(200);
      }
      await named.close();
    },
  );

  it.each(['ex.org', 'ex.org:8080', '127.0.0.1:3000', '[::1]:3000', 'localhost', 'my_host'])(
    'stands at Host: %s',
    async (host) => {
      const { data } = (await cite('/stats?as_of=2', { host })).json();
      expect(data.permalink.startsWith(`http://${host}/stats?`)).toBe(true);
    },
  );

  it('says what the pinned link would be, which it then takes', async () => {
    const { as_of } = (await test.get('/stats')).json().meta;
    for (const asOf of ['', '&as_of=latest', `&as_of=${as_of}`]) {
      const { errors } = (await cite(`/stats?from=2024-09-01${asOf}`)).json();
      const [, link = ''] = /today's is (\S+)$/.exec(errors[0].detail) ?? [];
      expect(link).toContain('as_of=2');
      expect((await cite(link)).statusCode).toBe(200);
    }
  });

  it('tells every error of the link, and of its own parameters', async () => {
    const { errors } = (await cite('/stats?as_of=2&side=both&from=yesterday')).json();
    const named = errors.map(({ detail }: { detail: string }) => detail.split(':')[0]);
    expect(new Set(named)).toEqual(new Set(['from of the link', 'side of the link']));
    for (const query of ['', '?url=', '?url=/stats&format=bibtex', '?url=a&url=b']) {
      expect((await test.get(`/cite${query}`)).statusCode, query).toBe(400);
    }
  });
});

const REFERENCE: Reference = {
  title: 'Share of 100% {of} #1 & $_~^\\ in Єйськ',
  author: 'barrage-stats',
  version: 12,
  method_version: 1,
  issued: '2026-03-01T23:59:59.999Z',
  accessed: '2026-11-22T00:00:00.000Z',
  permalink: 'https://example.org/stats?launch_place=100%25+%7Ba%7D_b&as_of=12',
  digest: 'sha-256=:AAAA+/A=:',
};

describe('bibtexOf', () => {
  it('escapes what LaTeX would read, and leaves letters and the address alone', () => {
    expect(bibtexOf(REFERENCE)).toMatch(/^@misc\{barrage-stats-v12-[0-9a-f]{8},\n/);
    expect(bibtexOf(REFERENCE).split('\n').slice(1)).toEqual([
      '  author = {{barrage-stats}},',
      '  title = {{Share of 100\\% \\{of\\} \\#1 \\& \\$\\_\\textasciitilde{}\\textasciicircum{}\\textbackslash{} in Єйськ}},',
      '  year = {2026},',
      '  month = {3},',
      '  day = {1},',
      '  version = {12},',
      '  howpublished = {Data set},',
      '  url = {https://example.org/stats?launch_place=100%25+%7Ba%7D_b&as_of=12},',
      '  urldate = {2026-11-22},',
      '  note = {Dataset version 12, method version 1; digest of the data sha-256=:AAAA+/A=:}',
      '}',
      '',
    ]);
  });

  it('keeps an address from ending its field', () => {
    const bibtex = bibtexOf({ ...REFERENCE, permalink: 'https://example.org/{a}\\b' });
    expect(bibtex).toContain('url = {https://example.org/%7Ba%7D%5Cb},');
  });

  it('escapes any text so that LaTeX reads what was written, with its braces in balance', () => {
    const names: Record<string, string> = {
      textbackslash: '\\',
      textasciitilde: '~',
      textasciicircum: '^',
    };
    const read = (latex: string): string =>
      latex.replaceAll(/\\(?:(text[a-z]+)\{\}|(.))/g, (_, name, one) => names[name] ?? one);
    const hard = fc.string({ unit: fc.constantFrom(...'&%$#_{}~^\\ aЯ'.split('')) });
    fc.assert(
      fc.property(fc.oneof(hard, fc.string({ unit: 'grapheme' })), (text) => {
        const latex = latexText(text);
        expect(read(latex)).toBe(text);
        const bare = latex.replaceAll(/\\[{}]/g, '');
        expect(bare.split('{').length).toBe(bare.split('}').length);
        expect(latex.replaceAll(/\\text[a-z]+\{\}|\\[&%$#_{}]/g, '')).not.toMatch(/[&%$#_{}~^\\]/);
      }),
    );
  });
});

describe('cslJsonOf', () => {
  it('is a dataset with its dates in parts and no DOI', () => {
    expect(cslJsonOf(REFERENCE)).toEqual({
      id: expect.stringMatching(/^barrage-stats-v12-[0-9a-f]{8}$/),
      type: 'dataset',
      title: REFERENCE.title,
      author: [{ literal: 'barrage-stats' }],
      issued: { 'date-parts': [[2026, 3, 1]] },
      accessed: { 'date-parts': [[2026, 11, 22]] },
      version: '12',
      URL: REFERENCE.permalink,
      note: 'Dataset version 12, method version 1; digest of the data sha-256=:AAAA+/A=:',
    });
  });
});

describe('apaOf', () => {
  it('is author, date, title, version, kind, address', () => {
    expect(apaOf({ ...REFERENCE, title: 'A title' })).toBe(
      'barrage-stats. (2026, March 1). A title (Version 12) [Data set]. https://example.org/stats?launch_place=100%25+%7Ba%7D_b&as_of=12',
    );
  });
});
