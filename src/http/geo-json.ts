interface Page {
  data: readonly Readonly<Record<string, unknown>>[];
  page: unknown;
  meta: unknown;
}

/**
 * A page of sites as a GeoJSON FeatureCollection (RFC 7946); no coordinates, no geometry: nothing is placed by guess.
 *
 * @param rows the whole sites, of which `data` may hold some fields only
 */
export function geoJsonOf(
  { data, page, meta }: Page,
  rows: readonly Readonly<Record<string, unknown>>[],
) {
  const features = rows.map(({ id, latitude, longitude }, index) => ({
    type: 'Feature' as const,
    id,
    geometry:
      latitude === null || longitude === null
        ? null
        : { type: 'Point' as const, coordinates: [longitude, latitude] },
    properties: data[index],
  }));
  return { type: 'FeatureCollection' as const, features, page, meta };
}
