import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CARD_NIGHT } from '../../src/demo/card-night.js';
import { MEASURES } from '../../src/domain/measure.js';
import { type TestApp, testApp } from '../support/test-app.js';

let test: TestApp;
beforeEach(async () => {
  test = await testApp();
});
afterEach(() => test.close());

type Thing = Record<string, unknown>;
const isText = (value: unknown): boolean => typeof value === 'string' && value.trim() !== '';
const isAddress = (value: unknown): boolean =>
  typeof value === 'string' && /^https?:$/.test(new URL(value).protocol);
const isDay = (text: string): boolean =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) && new Date(text).toISOString().startsWith(text);
const isInstant = (value: unknown): boolean =>
  typeof value === 'string' && new Date(value).toISOString() === value;
const isInterval = (value: unknown): boolean => {
  const [from = '', to = '', ...more] = String(value).split('/');
  return isDay(from) && isDay(to) && from <= to && more.length === 0;
};
const isA =
  (type: string, properties: Record<string, (value: unknown) => boolean>) =>
  (value: unknown): boolean => {
    const thing = value as Thing;
    const held = Object.entries(properties).every(([name, holds]) => holds(thing[name]));
    return thing['@type'] === type && held;
  };
const listOf = (holds: (value: unknown) => boolean) => (value: unknown) =>
  Array.isArray(value) && value.length > 0 && value.every(holds);
const organisation = isA('Organization', { name: isText, url: isAddress });

/** What schema.org and Google Dataset Search ask of a Dataset, required and recommended alike. */
const EXPECTED: Record<string, (value: unknown) => boolean> = {
  '@context': (value) => value === 'https://schema.org/',
  '@type': (value) => value === 'Dataset',
  '@id': isAddress,
  name: isText,
  description: (value) =>
    isText(value) && String(value).length >= 50 && String(value).length <= 5000,
  url: isAddress,
  identifier: isAddress,
  version: (value) => /^[1-9]\d*$/.test(String(value)) && typeof value === 'string',
  datePublished: isInstant,
  dateModified: isInstant,
  temporalCoverage: isInterval,
  spatialCoverage: listOf(
    isA('Place', {
      name: isText,
      identifier: isA('PropertyValue', { propertyID: isText, value: isText }),
    }),
  ),
  keywords: listOf(isText),
  license: isA('CreativeWork', { name: isText, text: isText, url: isAddress }),
  isAccessibleForFree: (value) => value === true,
  creator: organisation,
  publisher: organisation,
  creditText: isText,
  measurementTechnique: isText,
  variableMeasured: listOf(isA('PropertyValue', { name: isText, description: isText })),
  distribution: listOf(isA('DataDownload', { contentUrl: isAddress, encodingFormat: isText })),
};

describe('GET /dataset', () => {
  it('is a schema.org Dataset with everything that Google Dataset Search asks for', async () => {
    await test.post('/barrages', CARD_NIGHT);
    const response = await test.get('/dataset');
    expect(response.headers['content-type']).toMatch(/^application\/ld\+json(;|$)/);
    const dataset: Thing = response.json();
    for (const [name, holds] of Object.entries(EXPECTED)) {
      expect(holds(dataset[name]), `${name}: ${JSON.stringify(dataset[name])}`).toBe(true);
    }
    // Nothing else, least of all a property that schema.org does not know.
    expect(Object.keys(dataset).toSorted()).toEqual(Object.keys(EXPECTED).toSorted());
  });

  it('tells of the data: nights, parties, version and measures', async () => {
    await test.post('/barrages', CARD_NIGHT);
    const other = { attacker: 'XXA', defender: 'XXB', night: '2023-01-05' };
    await test.post('/barrages', other);
    const dataset = (await test.get('/dataset')).json();
    const { meta } = (await test.get('/')).json();
    expect(dataset).toMatchObject({
      version: '3',
      dateModified: meta.as_of,
      temporalCoverage: '2023-01-05/2024-09-07',
    });
    expect(dataset.spatialCoverage.map(({ name }: Thing) => name)).toEqual(['UKR', 'XXB']);
    expect(dataset.variableMeasured.map(({ name }: Thing) => name)).toEqual([...MEASURES]);
  });

  it('claims no coverage while there is none', async () => {
    const dataset = (await test.get('/dataset')).json();
    expect(dataset).not.toHaveProperty('temporalCoverage');
    expect(dataset).not.toHaveProperty('spatialCoverage');
  });

  it('names only downloads that are there, of the type that it says', async () => {
    const { distribution } = (await test.get('/dataset')).json();
    expect(distribution[0].contentUrl).toMatch(/\/dataset\.sqlite$/);
    for (const { contentUrl, encodingFormat } of distribution) {
      const answer = await test.app.inject({ method: 'HEAD', url: new URL(contentUrl).pathname });
      expect(answer.statusCode, contentUrl).toBe(200);
      expect(String(answer.headers['content-type']).split(';')[0]).toBe(encodingFormat);
    }
  });

  it('stands at PUBLIC_URL if that is set, else where it was reached', async () => {
    const here = (await test.get('/dataset', { host: 'data.example:8080' })).json();
    expect(here['@id']).toBe('http://data.example:8080/dataset');
    const named = await testApp(undefined, { PUBLIC_URL: 'https://example.org/air' });
    expect((await named.get('/dataset')).json().url).toBe('https://example.org/air/dataset');
    await named.close();
  });

  it('is linked from the landing page, and 400s what it does not know', async () => {
    const { links } = (await test.get('/')).json().data;
    expect(links).toMatchObject({ dataset: '/dataset', dataset_file: '/dataset.sqlite' });
    expect((await test.get('/dataset?version=1')).statusCode).toBe(400);
  });

  it('describes an older version at as_of, with the lists as they were', async () => {
    await test.post('/barrages', CARD_NIGHT);
    const now = (await test.get('/dataset')).json();
    await test.post('/barrages', { attacker: 'XXA', defender: 'XXB', night: '2023-01-05' });
    const { body, headers } = await test.get('/dataset?as_of=2');
    const then = JSON.parse(body);
    expect(headers['cache-control']).toContain('immutable');
    expect({ ...then, distribution: [] }).toEqual({ ...now, distribution: [] });
    const [file, ...lists] = then.distribution.map(({ contentUrl }: Thing) => contentUrl);
    expect(file).toMatch(/\/dataset\.sqlite$/);
    for (const address of lists) {
      expect(address).toMatch(/\?as_of=2$/);
      const { pathname, search } = new URL(address);
      expect((await test.get(pathname + search)).json().meta.dataset_version).toBe(2);
    }
    expect((await test.get('/dataset?as_of=9')).statusCode).toBe(400);
  });
});
