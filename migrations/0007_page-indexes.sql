DROP INDEX `changes_by_time`;--> statement-breakpoint
CREATE INDEX `changes_by_time` ON `changes` (`at`,`version`);--> statement-breakpoint
DROP INDEX `claims_by_night`;--> statement-breakpoint
CREATE INDEX `claims_by_night` ON `claims` (`attacker`,`defender`,`night`,`id`,`from_version`,`to_version`);--> statement-breakpoint
CREATE INDEX `barrages_by_night` ON `barrages` (`attacker`,`defender`,`night`,`id`);--> statement-breakpoint
CREATE INDEX `debris_sites_by_barrage` ON `debris_sites` (`barrage_id`);