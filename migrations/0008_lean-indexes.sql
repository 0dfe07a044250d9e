DROP INDEX `barrages_natural_key`;--> statement-breakpoint
DROP INDEX `changes_by_time`;--> statement-breakpoint
CREATE INDEX `changes_by_time` ON `changes` (`at`,`version`) WHERE seq = 0;--> statement-breakpoint
DROP INDEX `claim_sums_by_night`;--> statement-breakpoint
CREATE INDEX `claim_sums_by_night` ON `claim_sums` (`attacker`,`defender`,`night`,`to_version`,`from_version`) WHERE to_version is not null;--> statement-breakpoint
DROP INDEX `claims_natural_key`;--> statement-breakpoint
CREATE UNIQUE INDEX `claims_natural_key` ON `claims` (`barrage_id`,`source`,`munition`,`window_start`,`window_end`,coalesce(url, ''),`launch_places`,coalesce(target, ''),coalesce(assertion, '')) WHERE to_version is null;
