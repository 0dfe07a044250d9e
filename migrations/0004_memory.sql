CREATE TABLE `idempotency_keys` (
	`actor` text NOT NULL,
	`key` text NOT NULL,
	`fingerprint` text NOT NULL,
	`version` integer NOT NULL,
	`at` text NOT NULL,
	`result` text NOT NULL,
	PRIMARY KEY(`actor`, `key`)
);
--> statement-breakpoint
CREATE INDEX `idempotency_keys_by_time` ON `idempotency_keys` (`at`);--> statement-breakpoint
DROP INDEX `claims_natural_key`;--> statement-breakpoint
ALTER TABLE `claims` ADD `independent_of` text DEFAULT '[]' NOT NULL;--> statement-breakpoint
ALTER TABLE `claims` ADD `quotation` text;--> statement-breakpoint
ALTER TABLE `claims` ADD `assertion` text CHECK (assertion is null or (assertion in ('all_targets_hit', 'none_got_through', 'attack_denied') and quotation is not null and coalesce(launched, intercepted, suppressed, left_airspace, still_airborne, strike_uav_min, hit_locations, debris_locations, turbojet, turbojet_intercepted) is null));--> statement-breakpoint
ALTER TABLE `claims` ADD `set_by_hand` text DEFAULT '[]' NOT NULL;--> statement-breakpoint
CREATE INDEX `claims_by_from_version` ON `claims` (`from_version`);--> statement-breakpoint
CREATE INDEX `claims_by_to_version` ON `claims` (`to_version`) WHERE to_version is not null;--> statement-breakpoint
CREATE UNIQUE INDEX `claims_natural_key` ON `claims` (`barrage_id`,`source`,coalesce(url, ''),`munition`,`window_start`,`window_end`,`launch_places`,coalesce(target, ''),coalesce(assertion, '')) WHERE to_version is null;--> statement-breakpoint
DROP TRIGGER claims_append_only;
--> statement-breakpoint
CREATE TRIGGER claims_append_only BEFORE UPDATE OF id, revision, from_version, recorded_at, barrage_id, source, url, cited_by, munition, window_start, window_end, timezone, launched, intercepted, suppressed, left_airspace, left_airspace_to, still_airborne, strike_uav_min, hit_locations, debris_locations, turbojet, turbojet_intercepted, launch_places, target, target_main, carriers, affected_regions, intercepted_by_place, launched_by_munition, launch_places_by_munition, scope, basis, alternative_to, independent_of, assertion, quotation, note, regions, flags, origin, import_id, import_line, raw, set_by_hand ON claims
BEGIN SELECT raise(abort, 'claims: a stored version is never changed'); END;
--> statement-breakpoint
CREATE TRIGGER claims_repeated_exist BEFORE INSERT ON claims
WHEN EXISTS (SELECT 1 FROM json_each(new.independent_of) AS named WHERE NOT EXISTS (SELECT 1 FROM claims WHERE id = named.value AND to_version IS NULL))
BEGIN SELECT raise(abort, 'claims: independent_of names no current row of claims'); END;
