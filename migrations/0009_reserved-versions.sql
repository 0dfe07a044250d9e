-- A version is published by its first change (seq 0). What it writes before that nobody sees: it can be dated anew, and
-- deleted if it is never published. Whatever is published stays as it is.
DROP TRIGGER sources_append_only;
--> statement-breakpoint
CREATE TRIGGER sources_append_only BEFORE UPDATE OF slug, revision, from_version, recorded_at, name, party, kind, url, note ON sources
WHEN EXISTS (SELECT 1 FROM changes WHERE version = old.from_version AND seq = 0)
BEGIN SELECT raise(abort, 'sources: a stored version is never changed'); END;
--> statement-breakpoint
DROP TRIGGER munitions_append_only;
--> statement-breakpoint
CREATE TRIGGER munitions_append_only BEFORE UPDATE OF slug, revision, from_version, recorded_at, name, category, aliases, components ON munitions
WHEN EXISTS (SELECT 1 FROM changes WHERE version = old.from_version AND seq = 0)
BEGIN SELECT raise(abort, 'munitions: a stored version is never changed'); END;
--> statement-breakpoint
DROP TRIGGER barrages_append_only;
--> statement-breakpoint
CREATE TRIGGER barrages_append_only BEFORE UPDATE OF id, revision, from_version, recorded_at, attacker, defender, night, note ON barrages
WHEN EXISTS (SELECT 1 FROM changes WHERE version = old.from_version AND seq = 0)
BEGIN SELECT raise(abort, 'barrages: a stored version is never changed'); END;
--> statement-breakpoint
DROP TRIGGER claims_append_only;
--> statement-breakpoint
CREATE TRIGGER claims_append_only BEFORE UPDATE OF id, revision, from_version, recorded_at, barrage_id, source, url, cited_by, munition, window_start, window_end, timezone, launched, intercepted, suppressed, left_airspace, left_airspace_to, still_airborne, strike_uav_min, hit_locations, debris_locations, turbojet, turbojet_intercepted, launch_places, target, target_main, carriers, affected_regions, intercepted_by_place, launched_by_munition, launch_places_by_munition, scope, basis, alternative_to, independent_of, assertion, quotation, note, regions, flags, origin, import_id, import_line, raw, set_by_hand ON claims
WHEN EXISTS (SELECT 1 FROM changes WHERE version = old.from_version AND seq = 0)
BEGIN SELECT raise(abort, 'claims: a stored version is never changed'); END;
--> statement-breakpoint
DROP TRIGGER sources_no_delete;
--> statement-breakpoint
CREATE TRIGGER sources_no_delete BEFORE DELETE ON sources
WHEN EXISTS (SELECT 1 FROM changes WHERE version = old.from_version AND seq = 0)
BEGIN SELECT raise(abort, 'sources: nothing is deleted, only retracted'); END;
--> statement-breakpoint
DROP TRIGGER munitions_no_delete;
--> statement-breakpoint
CREATE TRIGGER munitions_no_delete BEFORE DELETE ON munitions
WHEN EXISTS (SELECT 1 FROM changes WHERE version = old.from_version AND seq = 0)
BEGIN SELECT raise(abort, 'munitions: nothing is deleted, only retracted'); END;
--> statement-breakpoint
DROP TRIGGER barrages_no_delete;
--> statement-breakpoint
CREATE TRIGGER barrages_no_delete BEFORE DELETE ON barrages
WHEN EXISTS (SELECT 1 FROM changes WHERE version = old.from_version AND seq = 0)
BEGIN SELECT raise(abort, 'barrages: nothing is deleted, only retracted'); END;
--> statement-breakpoint
DROP TRIGGER claims_no_delete;
--> statement-breakpoint
CREATE TRIGGER claims_no_delete BEFORE DELETE ON claims
WHEN EXISTS (SELECT 1 FROM changes WHERE version = old.from_version AND seq = 0)
BEGIN SELECT raise(abort, 'claims: nothing is deleted, only retracted'); END;
--> statement-breakpoint
DROP TRIGGER changes_no_update;
--> statement-breakpoint
CREATE TRIGGER changes_no_update BEFORE UPDATE ON changes
WHEN EXISTS (SELECT 1 FROM changes WHERE version = old.version AND seq = 0)
BEGIN SELECT raise(abort, 'changes: append-only'); END;
--> statement-breakpoint
DROP TRIGGER changes_no_delete;
--> statement-breakpoint
CREATE TRIGGER changes_no_delete BEFORE DELETE ON changes
WHEN EXISTS (SELECT 1 FROM changes WHERE version = old.version AND seq = 0)
BEGIN SELECT raise(abort, 'changes: append-only'); END;
--> statement-breakpoint
-- A version that holds changes is reserved by whoever writes it, and published by giving one of them the number 0.
CREATE TRIGGER changes_reserved BEFORE INSERT ON changes
WHEN new.seq = 0 AND EXISTS (SELECT 1 FROM changes WHERE version = new.version) AND NOT EXISTS (SELECT 1 FROM changes WHERE version = new.version AND seq = 0)
BEGIN SELECT raise(abort, 'changes: the version is reserved'); END;
--> statement-breakpoint
-- Whoever records something that a reserved version holds too takes its place: that version finds it before it is
-- published, and is compared with it.
CREATE TRIGGER barrages_make_way BEFORE INSERT ON barrages
WHEN EXISTS (SELECT 1 FROM barrages WHERE id = new.id AND to_version IS NULL AND from_version > new.from_version)
BEGIN
  DELETE FROM changes WHERE entity = 'claim' AND version > new.from_version AND id IN (SELECT id FROM claims WHERE barrage_id = new.id AND from_version > new.from_version);
  DELETE FROM changes WHERE entity = 'barrage' AND id = new.id AND version > new.from_version;
  DELETE FROM claim_sums WHERE attacker = new.attacker AND defender = new.defender AND night = new.night AND to_version IS NULL AND from_version > new.from_version;
  DELETE FROM claims WHERE barrage_id = new.id AND from_version > new.from_version;
  DELETE FROM barrages WHERE id = new.id AND from_version > new.from_version;
END;
--> statement-breakpoint
CREATE TRIGGER sources_make_way BEFORE INSERT ON sources
WHEN EXISTS (SELECT 1 FROM sources WHERE slug = new.slug AND to_version IS NULL AND from_version > new.from_version)
BEGIN
  DELETE FROM changes WHERE entity = 'source' AND id = new.slug AND version > new.from_version;
  DELETE FROM sources WHERE slug = new.slug AND from_version > new.from_version;
END;
--> statement-breakpoint
CREATE TRIGGER munitions_make_way BEFORE INSERT ON munitions
WHEN EXISTS (SELECT 1 FROM munitions WHERE slug = new.slug AND to_version IS NULL AND from_version > new.from_version)
BEGIN
  DELETE FROM changes WHERE entity = 'munition' AND id = new.slug AND version > new.from_version;
  DELETE FROM munitions WHERE slug = new.slug AND from_version > new.from_version;
END;
