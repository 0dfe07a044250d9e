import type { Scope } from '../domain/claim.js';
import { slugOf } from '../domain/slug.js';
import type { Source } from '../domain/source.js';

/** The official pages this compilation reads, as their addresses spell them (case matters). */
const PAGES: ReadonlyMap<string, { slug: string; scope: Scope }> = new Map([
  ['kpszsu', { slug: 'ua-air-force', scope: 'national' }],
  ['CinCAFU', { slug: 'ua-commander-in-chief', scope: 'national' }],
  ['GeneralStaff.ua', { slug: 'ua-general-staff', scope: 'national' }],
  ['ChiefUkrDIU', { slug: 'ua-defence-intelligence', scope: 'national' }],
  ['PvKPivden', { slug: 'ua-air-command-south', scope: 'regional' }],
  ['pvkshid', { slug: 'ua-air-command-east', scope: 'regional' }],
  ['PvkCenter', { slug: 'ua-air-command-centre', scope: 'regional' }],
  ['PvkZahid', { slug: 'ua-air-command-west', scope: 'regional' }],
]);

const ADDRESS = /^https?:\/\//;
// Platforms on which the page, not the host, is the publisher.
const PLATFORM = /^https?:\/\/(?:t\.me|(?:www\.)?facebook\.com)(?=\/)/;
const HOST = /^[a-z0-9-]+(\.[a-z0-9-]+)+$/i;
const FACEBOOK_PATH = /^(?:watch\/\?v=|[^/]+\/(?:posts|videos|photos|reel)\/)/;

const pathOf = (cell: string): string =>
  cell.replace(PLATFORM, '').replace(ADDRESS, '').replace(/^\/+/, '');

/**
 * Who published a report: the first part of its address, without scheme and platform.
 *
 * @param cell the column `source`, trimmed
 * @example publisherOf('https://t.me/some_channel/21') // => "some_channel"
 */
export function publisherOf(cell: string): string {
  return pathOf(cell).split('/', 1).join('');
}

/**
 * The address of a report, or null where the cell does not tell which site it means.
 *
 * A relative path is one on Facebook if its page is an official one or its shape is Facebook's; a publisher that
 * looks like a host is a web site.
 *
 * @param cell the column `source`, trimmed
 * @example urlOf('example.gov.ua/news/1') // => "https://example.gov.ua/news/1"
 */
export function urlOf(cell: string): string | null {
  if (ADDRESS.test(cell)) return cell;
  const path = pathOf(cell);
  const publisher = publisherOf(cell);
  if (PAGES.has(publisher)) return `https://www.facebook.com/${path}`;
  if (HOST.test(publisher)) return `https://${path}`;
  return FACEBOOK_PATH.test(path) ? `https://www.facebook.com/${path}` : null;
}

/**
 * The source that a publisher is in this service: an official one for the known pages; for anybody else a source that
 * only the compilation vouches for, on the defender's side, because that is the side whose reports it gathers.
 */
export function sourceOf(publisher: string): Source {
  const page = PAGES.get(publisher);
  const named = { name: publisher.normalize('NFC'), party: 'UKR', url: null };
  if (page !== undefined) return { ...named, slug: page.slug, kind: 'official', note: null };
  const note = `Named by the imported compilation of the defender's reports as "${named.name}"; only the compilation vouches for it.`;
  return { ...named, slug: slugOf(publisher), kind: 'compilation', note };
}

/**
 * National: an official page of national reach, or a report on the whole of `Ukraine`; regional: a page of an air
 * command; other: the rest (oracle README, section 3).
 */
export function scopeOf(publisher: string, target: string | null): Scope {
  return target === 'Ukraine' ? 'national' : (PAGES.get(publisher)?.scope ?? 'other');
}
