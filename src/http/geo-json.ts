import type { FastifyRequest } from 'fastify';

interface Sited {
  id: string;
  latitude: number | null;
  longitude: number | null;
}

/** Whether the answer should be GeoJSON: `format` wins over Accept. */
export function wantsGeoJson(
  request: FastifyRequest,
  format: 'json' | 'geojson' | undefined,
): boolean {
  if (format !== undefined) return format === 'geojson';
  return request.headers.accept?.includes('application/geo+json') ?? false;
}

/** A page of sites as a GeoJSON FeatureCollection (RFC 7946); no coordinates, no geometry: nothing is placed by guess. */
export function geoJsonOf<T extends Sited>(answer: {
  data: readonly T[];
  page: unknown;
  meta: unknown;
}) {
  const { data, page, meta } = answer;
  const features = data.map((site) => ({
    type: 'Feature' as const,
    id: site.id,
    geometry:
      site.latitude === null || site.longitude === null
        ? null
        : { type: 'Point' as const, coordinates: [site.longitude, site.latitude] },
    properties: site,
  }));
  return { type: 'FeatureCollection' as const, features, page, meta };
}
