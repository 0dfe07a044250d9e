import { hash } from 'node:crypto';
import { METHOD_VERSION } from '../domain/measure.js';
import type { DatasetVersion } from '../storage/versions.js';

export const LICENCE =
  'Every number is a claim by the named party. Attribute the sources of the claims; the terms of imported data are its publisher’s.';

/** What an answer says about itself. */
export function metaOf(
  version: DatasetVersion,
  query: Readonly<Record<string, unknown>>,
  generated_at = new Date().toISOString(),
) {
  return { query, dataset_version: version.version, as_of: version.at, generated_at };
}

/** What the answer to a write says about itself: nothing that would differ when it is given again. */
export const writeMetaOf = (version: DatasetVersion, query: Readonly<Record<string, unknown>>) =>
  metaOf(version, query, version.at);

// What stands for itself in an address.
const PLAIN = /^[\w.,*-]*$/;

/** A query as it is written in an address: sorted, lists joined by commas, nothing that was not asked. */
function canonicalQuery(query: Readonly<Record<string, unknown>>): string {
  const parts: string[] = [];
  for (const name of Object.keys(query).sort()) {
    const value = query[name];
    if (value === undefined) continue;
    const text = String(value);
    parts.push(
      PLAIN.test(text)
        ? `${name}=${text}`
        : new URLSearchParams([[name, text]]).toString().replaceAll('%2C', ','),
    );
  }
  return parts.join('&');
}

/** SHA-256 as a digest field writes it (RFC 9530). @param sha256 in base64 */
export const digestField = (sha256: string): string => `sha-256=:${sha256}:`;

/** The SHA-256 of some bytes as a digest field. */
export const sha256Of = (bytes: string | Buffer): string =>
  digestField(hash('sha256', bytes, 'base64'));

/**
 * What a statistic says about itself: the same, and how to cite it. The permalink pins the version, so it answers the
 * same data for ever.
 *
 * @param canonical its data as canonical JSON (RFC 8785), which is what the digest is of
 * @param path path of the statistic
 * @param base where the service is reached from outside; empty for a relative permalink
 */
export function statsMetaOf(
  version: DatasetVersion,
  query: Readonly<Record<string, unknown>>,
  canonical: string,
  path: string,
  base: string,
) {
  const pinned = Object.assign({}, query, { as_of: version.version });
  const permalink = `${base}${path}?${canonicalQuery(pinned)}`;
  const { side, a_side = side, b_side = side } = query;
  const named = [...new Set([a_side, b_side])].filter((name) => name !== undefined);
  const sides =
    named.length === 0 ? 'all sides' : `the ${named.join(' and ').replaceAll('_', ' ')}`;
  const text = `barrage-stats, dataset version ${version.version} of ${version.at.slice(0, 10)}, method version ${METHOD_VERSION}: claims by ${sides}, ${query['attacker']} against ${query['defender']}. ${permalink}`;
  return Object.assign(metaOf(version, query), {
    method_version: METHOD_VERSION,
    citation: { text, permalink, digest: sha256Of(canonical) },
    licence: LICENCE,
  });
}
