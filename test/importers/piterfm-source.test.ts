import { describe, expect, it } from 'vitest';
import { publisherOf, scopeOf, sourceOf, urlOf } from '../../src/importers/piterfm-source.js';

describe('publisher and address of a report', () => {
  it.each([
    ['kpszsu/posts/x1', 'kpszsu', 'https://www.facebook.com/kpszsu/posts/x1'],
    ['PvKPivden/videos/12/', 'PvKPivden', 'https://www.facebook.com/PvKPivden/videos/12/'],
    [
      'GeneralStaff.ua/posts/x1',
      'GeneralStaff.ua',
      'https://www.facebook.com/GeneralStaff.ua/posts/x1',
    ],
    ['/kpszsu/photos/x1', 'kpszsu', 'https://www.facebook.com/kpszsu/photos/x1'],
    ['https://t.me/ChiefUkrDIU/1', 'ChiefUkrDIU', 'https://t.me/ChiefUkrDIU/1'],
    ['http://t.me/some_channel/1', 'some_channel', 'http://t.me/some_channel/1'],
    [
      'https://www.facebook.com/kpszsu/posts/x1',
      'kpszsu',
      'https://www.facebook.com/kpszsu/posts/x1',
    ],
    ['https://example.org/a', 'example.org', 'https://example.org/a'],
    ['watch/?v=1', 'watch', 'https://www.facebook.com/watch/?v=1'],
    ['example.gov.ua/news/1', 'example.gov.ua', 'https://example.gov.ua/news/1'],
    ['some.page/posts/x1', 'some.page', 'https://some.page/posts/x1'],
    ['somepage/posts/x1', 'somepage', 'https://www.facebook.com/somepage/posts/x1'],
    ['somebody said', 'somebody said', null],
  ])('of %s', (cell, publisher, url) => {
    expect([publisherOf(cell), urlOf(cell)]).toEqual([publisher, url]);
  });
});

describe('sourceOf', () => {
  it.each([
    ['kpszsu', 'ua-air-force'],
    ['CinCAFU', 'ua-commander-in-chief'],
    ['GeneralStaff.ua', 'ua-general-staff'],
    ['ChiefUkrDIU', 'ua-defence-intelligence'],
    ['PvKPivden', 'ua-air-command-south'],
    ['pvkshid', 'ua-air-command-east'],
    ['PvkCenter', 'ua-air-command-centre'],
    ['PvkZahid', 'ua-air-command-west'],
  ])('knows the page %s as %s', (page, slug) => {
    expect(sourceOf(page)).toMatchObject({ slug, kind: 'official', party: 'UKR', note: null });
  });

  it('makes any other publisher a source that only the compilation vouches for', () => {
    expect(sourceOf('some_Channel')).toEqual({
      slug: 'some-channel',
      name: 'some_Channel',
      party: 'UKR',
      kind: 'compilation',
      url: null,
      note: expect.stringContaining('only the compilation vouches for it'),
    });
  });
});

describe('scopeOf', () => {
  it.each([
    ['kpszsu', 'Sumy oblast', 'national'],
    ['KPSZSU', 'Sumy oblast', 'other'],
    ['PvKPivden', 'south', 'regional'],
    ['PvKPivden', 'Ukraine', 'national'],
    ['PvKPivden', 'ukraine', 'regional'],
    ['some_channel', null, 'other'],
    ['constructor', null, 'other'],
  ])('%s on %s is %s', (publisher, target, scope) => {
    expect(scopeOf(publisher, target)).toBe(scope);
  });
});
