-- Evidence is append-only: a version is closed once, by setting to_version, and nothing else is ever changed or removed.
-- "UPDATE OF" fires when a column is named, so a column added later must be added here (a test compares the lists).
CREATE TRIGGER sources_append_only BEFORE UPDATE OF slug, revision, from_version, recorded_at, name, party, kind, url, note ON sources
BEGIN SELECT raise(abort, 'sources: a stored version is never changed'); END;
--> statement-breakpoint
CREATE TRIGGER sources_close_once BEFORE UPDATE OF to_version ON sources
WHEN old.to_version IS NOT NULL OR new.to_version IS NULL
BEGIN SELECT raise(abort, 'sources: a version is closed once'); END;
--> statement-breakpoint
CREATE TRIGGER sources_no_delete BEFORE DELETE ON sources
BEGIN SELECT raise(abort, 'sources: nothing is deleted, only retracted'); END;
--> statement-breakpoint
CREATE TRIGGER munitions_append_only BEFORE UPDATE OF slug, revision, from_version, recorded_at, name, category, aliases, components ON munitions
BEGIN SELECT raise(abort, 'munitions: a stored version is never changed'); END;
--> statement-breakpoint
CREATE TRIGGER munitions_close_once BEFORE UPDATE OF to_version ON munitions
WHEN old.to_version IS NOT NULL OR new.to_version IS NULL
BEGIN SELECT raise(abort, 'munitions: a version is closed once'); END;
--> statement-breakpoint
CREATE TRIGGER munitions_no_delete BEFORE DELETE ON munitions
BEGIN SELECT raise(abort, 'munitions: nothing is deleted, only retracted'); END;
--> statement-breakpoint
CREATE TRIGGER reporting_eras_append_only BEFORE UPDATE OF id, revision, from_version, recorded_at, party, source, code, from_night, to_night, meaning, breaks, intercepted_includes_suppressed_for ON reporting_eras
BEGIN SELECT raise(abort, 'reporting_eras: a stored version is never changed'); END;
--> statement-breakpoint
CREATE TRIGGER reporting_eras_close_once BEFORE UPDATE OF to_version ON reporting_eras
WHEN old.to_version IS NOT NULL OR new.to_version IS NULL
BEGIN SELECT raise(abort, 'reporting_eras: a version is closed once'); END;
--> statement-breakpoint
CREATE TRIGGER reporting_eras_no_delete BEFORE DELETE ON reporting_eras
BEGIN SELECT raise(abort, 'reporting_eras: nothing is deleted, only retracted'); END;
--> statement-breakpoint
CREATE TRIGGER barrages_append_only BEFORE UPDATE OF id, revision, from_version, recorded_at, attacker, defender, night, note ON barrages
BEGIN SELECT raise(abort, 'barrages: a stored version is never changed'); END;
--> statement-breakpoint
CREATE TRIGGER barrages_close_once BEFORE UPDATE OF to_version ON barrages
WHEN old.to_version IS NOT NULL OR new.to_version IS NULL
BEGIN SELECT raise(abort, 'barrages: a version is closed once'); END;
--> statement-breakpoint
CREATE TRIGGER barrages_no_delete BEFORE DELETE ON barrages
BEGIN SELECT raise(abort, 'barrages: nothing is deleted, only retracted'); END;
--> statement-breakpoint
CREATE TRIGGER claims_append_only BEFORE UPDATE OF id, revision, from_version, recorded_at, barrage_id, source, url, cited_by, munition, window_start, window_end, timezone, launched, intercepted, suppressed, left_airspace, left_airspace_to, still_airborne, strike_uav_min, hit_locations, debris_locations, turbojet, turbojet_intercepted, launch_places, target, target_main, carriers, affected_regions, intercepted_by_place, launched_by_munition, launch_places_by_munition, scope, basis, alternative_to, note, regions, flags, origin, import_id, import_line, raw ON claims
BEGIN SELECT raise(abort, 'claims: a stored version is never changed'); END;
--> statement-breakpoint
CREATE TRIGGER claims_close_once BEFORE UPDATE OF to_version ON claims
WHEN old.to_version IS NOT NULL OR new.to_version IS NULL
BEGIN SELECT raise(abort, 'claims: a version is closed once'); END;
--> statement-breakpoint
CREATE TRIGGER claims_no_delete BEFORE DELETE ON claims
BEGIN SELECT raise(abort, 'claims: nothing is deleted, only retracted'); END;
--> statement-breakpoint
CREATE TRIGGER debris_sites_append_only BEFORE UPDATE OF id, revision, from_version, recorded_at, barrage_id, source, url, via, cited_by, place, region, latitude, longitude, fallen, damaged, killed, injured, note ON debris_sites
BEGIN SELECT raise(abort, 'debris_sites: a stored version is never changed'); END;
--> statement-breakpoint
CREATE TRIGGER debris_sites_close_once BEFORE UPDATE OF to_version ON debris_sites
WHEN old.to_version IS NOT NULL OR new.to_version IS NULL
BEGIN SELECT raise(abort, 'debris_sites: a version is closed once'); END;
--> statement-breakpoint
CREATE TRIGGER debris_sites_no_delete BEFORE DELETE ON debris_sites
BEGIN SELECT raise(abort, 'debris_sites: nothing is deleted, only retracted'); END;
--> statement-breakpoint
CREATE TRIGGER changes_no_update BEFORE UPDATE ON changes
BEGIN SELECT raise(abort, 'changes: append-only'); END;
--> statement-breakpoint
CREATE TRIGGER changes_no_delete BEFORE DELETE ON changes
BEGIN SELECT raise(abort, 'changes: append-only'); END;
--> statement-breakpoint
CREATE TRIGGER imports_no_update BEFORE UPDATE ON imports
BEGIN SELECT raise(abort, 'imports: append-only'); END;
--> statement-breakpoint
CREATE TRIGGER imports_no_delete BEFORE DELETE ON imports
BEGIN SELECT raise(abort, 'imports: append-only'); END;
--> statement-breakpoint
-- A versioned row has no single parent key that a FOREIGN KEY could name, so references are held by triggers.
CREATE TRIGGER claims_barrage_exists BEFORE INSERT ON claims
WHEN NOT EXISTS (SELECT 1 FROM barrages WHERE id = new.barrage_id AND to_version IS NULL)
BEGIN SELECT raise(abort, 'claims: barrage_id names no current row of barrages'); END;
--> statement-breakpoint
CREATE TRIGGER claims_source_exists BEFORE INSERT ON claims
WHEN NOT EXISTS (SELECT 1 FROM sources WHERE slug = new.source AND to_version IS NULL)
BEGIN SELECT raise(abort, 'claims: source names no current row of sources'); END;
--> statement-breakpoint
CREATE TRIGGER debris_sites_barrage_exists BEFORE INSERT ON debris_sites
WHEN NOT EXISTS (SELECT 1 FROM barrages WHERE id = new.barrage_id AND to_version IS NULL)
BEGIN SELECT raise(abort, 'debris_sites: barrage_id names no current row of barrages'); END;
--> statement-breakpoint
CREATE TRIGGER debris_sites_source_exists BEFORE INSERT ON debris_sites
WHEN NOT EXISTS (SELECT 1 FROM sources WHERE slug = new.source AND to_version IS NULL)
BEGIN SELECT raise(abort, 'debris_sites: source names no current row of sources'); END;
--> statement-breakpoint
CREATE TRIGGER claims_munition_exists BEFORE INSERT ON claims
WHEN NOT EXISTS (SELECT 1 FROM munitions WHERE slug = new.munition AND to_version IS NULL)
BEGIN SELECT raise(abort, 'claims: munition names no current row of munitions'); END;
--> statement-breakpoint
CREATE TRIGGER claims_alternative_exists BEFORE INSERT ON claims
WHEN new.alternative_to IS NOT NULL AND NOT EXISTS (SELECT 1 FROM claims WHERE id = new.alternative_to AND to_version IS NULL)
BEGIN SELECT raise(abort, 'claims: alternative_to names no current row of claims'); END;
