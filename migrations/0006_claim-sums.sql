CREATE TABLE `claim_sums` (
	`attacker` text NOT NULL,
	`defender` text NOT NULL,
	`night` text NOT NULL,
	`source` text NOT NULL,
	`munition` text NOT NULL,
	`scope` text NOT NULL,
	`basis` text NOT NULL,
	`alternative` integer NOT NULL,
	`repetition` integer NOT NULL,
	`assertion` integer NOT NULL,
	`launched_known` integer NOT NULL,
	`intercepted_known` integer NOT NULL,
	`flags` text NOT NULL,
	`from_version` integer NOT NULL,
	`to_version` integer,
	`claims` integer NOT NULL,
	`launched` integer NOT NULL,
	`intercepted` integer NOT NULL,
	`suppressed` integer NOT NULL,
	`left_airspace` integer NOT NULL,
	`still_airborne` integer NOT NULL,
	`hit_locations` integer NOT NULL,
	`debris_locations` integer NOT NULL,
	`suppressed_claims` integer NOT NULL,
	`left_airspace_claims` integer NOT NULL,
	`still_airborne_claims` integer NOT NULL,
	`strike_uav_min_claims` integer NOT NULL,
	`hit_locations_claims` integer NOT NULL,
	`debris_locations_claims` integer NOT NULL,
	`suppressed_launched` integer NOT NULL,
	`left_airspace_launched` integer NOT NULL,
	`still_airborne_launched` integer NOT NULL,
	`strike_uav_min_launched` integer NOT NULL,
	`hit_locations_launched` integer NOT NULL,
	`debris_locations_launched` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `claim_sums_current` ON `claim_sums` (`attacker`,`defender`,`night`,`source`,`munition`,`scope`,`basis`,`alternative`,`repetition`,`assertion`,`launched_known`,`intercepted_known`,`flags`) WHERE to_version is null;--> statement-breakpoint
CREATE INDEX `claim_sums_by_night` ON `claim_sums` (`attacker`,`defender`,`night`,`to_version`,`from_version`);--> statement-breakpoint
CREATE INDEX `claim_sums_by_from_version` ON `claim_sums` (`from_version`);--> statement-breakpoint
CREATE INDEX `claim_sums_by_to_version` ON `claim_sums` (`to_version`) WHERE to_version is not null;--> statement-breakpoint
CREATE INDEX `claims_by_launched` ON `claims` (`attacker`,`defender`,`launched`) WHERE launched is not null;--> statement-breakpoint
CREATE INDEX `claims_of_strike_uavs` ON `claims` (`attacker`,`defender`,`night`) WHERE strike_uav_min is not null;--> statement-breakpoint
CREATE INDEX `claims_in_contest` ON `claims` (`attacker`,`defender`,`night`) WHERE alternative_to is not null;--> statement-breakpoint
-- The sums of every version of a database that has claims already; src/storage/claim-sums.ts keeps them from then on.
insert into claim_sums (attacker, defender, night, source, munition, scope, basis, alternative, repetition, assertion,
  launched_known, intercepted_known, flags, from_version, to_version, claims, launched, intercepted, suppressed,
  suppressed_claims, suppressed_launched, left_airspace, left_airspace_claims, left_airspace_launched, still_airborne,
  still_airborne_claims, still_airborne_launched, strike_uav_min_claims, strike_uav_min_launched, hit_locations,
  hit_locations_claims, hit_locations_launched, debris_locations, debris_locations_claims, debris_locations_launched)
select * from (
    select attacker, defender, night, source, munition, scope, basis, alternative, repetition, assertion,
    launched_known, intercepted_known, flags, version, lead(version) over history, sum(claims) over history as claims,
    sum(launched) over history as launched, sum(intercepted) over history as intercepted, sum(suppressed) over history
    as suppressed, sum(suppressed_claims) over history as suppressed_claims, sum(suppressed_launched) over history as
    suppressed_launched, sum(left_airspace) over history as left_airspace, sum(left_airspace_claims) over history as
    left_airspace_claims, sum(left_airspace_launched) over history as left_airspace_launched, sum(still_airborne) over
    history as still_airborne, sum(still_airborne_claims) over history as still_airborne_claims,
    sum(still_airborne_launched) over history as still_airborne_launched, sum(strike_uav_min_claims) over history as
    strike_uav_min_claims, sum(strike_uav_min_launched) over history as strike_uav_min_launched, sum(hit_locations)
    over history as hit_locations, sum(hit_locations_claims) over history as hit_locations_claims,
    sum(hit_locations_launched) over history as hit_locations_launched, sum(debris_locations) over history as
    debris_locations, sum(debris_locations_claims) over history as debris_locations_claims,
    sum(debris_locations_launched) over history as debris_locations_launched
    from (select version, attacker, defender, night, source, munition, scope, basis, alternative, repetition,
    assertion, launched_known, intercepted_known, flags, sum(claims) as claims, sum(launched) as launched,
    sum(intercepted) as intercepted, sum(suppressed) as suppressed, sum(suppressed_claims) as suppressed_claims,
    sum(suppressed_launched) as suppressed_launched, sum(left_airspace) as left_airspace, sum(left_airspace_claims) as
    left_airspace_claims, sum(left_airspace_launched) as left_airspace_launched, sum(still_airborne) as
    still_airborne, sum(still_airborne_claims) as still_airborne_claims, sum(still_airborne_launched) as
    still_airborne_launched, sum(strike_uav_min_claims) as strike_uav_min_claims, sum(strike_uav_min_launched) as
    strike_uav_min_launched, sum(hit_locations) as hit_locations, sum(hit_locations_claims) as hit_locations_claims,
    sum(hit_locations_launched) as hit_locations_launched, sum(debris_locations) as debris_locations,
    sum(debris_locations_claims) as debris_locations_claims, sum(debris_locations_launched) as
    debris_locations_launched from (select from_version as version, attacker as attacker, defender as defender, night
    as night, source as source, munition as munition, scope as scope, basis as basis, alternative_to is not null as
    alternative, independent_of <> '[]' as repetition, assertion is not null as assertion, launched is not null as
    launched_known, intercepted is not null as intercepted_known, flags as flags, 1 * (1) as claims, 1 *
    (coalesce(launched, 0)) as launched, 1 * (coalesce(intercepted, 0)) as intercepted, 1 * (coalesce(suppressed, 0))
    as suppressed, 1 * (suppressed is not null) as suppressed_claims, 1 * (iif(suppressed is null, 0,
    coalesce(launched, 0))) as suppressed_launched, 1 * (coalesce(left_airspace, 0)) as left_airspace, 1 *
    (left_airspace is not null) as left_airspace_claims, 1 * (iif(left_airspace is null, 0, coalesce(launched, 0))) as
    left_airspace_launched, 1 * (coalesce(still_airborne, 0)) as still_airborne, 1 * (still_airborne is not null) as
    still_airborne_claims, 1 * (iif(still_airborne is null, 0, coalesce(launched, 0))) as still_airborne_launched, 1 *
    (strike_uav_min is not null) as strike_uav_min_claims, 1 * (iif(strike_uav_min is null, 0, coalesce(launched, 0)))
    as strike_uav_min_launched, 1 * (coalesce(hit_locations, 0)) as hit_locations, 1 * (hit_locations is not null) as
    hit_locations_claims, 1 * (iif(hit_locations is null, 0, coalesce(launched, 0))) as hit_locations_launched, 1 *
    (coalesce(debris_locations, 0)) as debris_locations, 1 * (debris_locations is not null) as
    debris_locations_claims, 1 * (iif(debris_locations is null, 0, coalesce(launched, 0))) as
    debris_locations_launched from claims where from_version is not null union all select to_version as version,
    attacker as attacker, defender as defender, night as night, source as source, munition as munition, scope as
    scope, basis as basis, alternative_to is not null as alternative, independent_of <> '[]' as repetition, assertion
    is not null as assertion, launched is not null as launched_known, intercepted is not null as intercepted_known,
    flags as flags, -1 * (1) as claims, -1 * (coalesce(launched, 0)) as launched, -1 * (coalesce(intercepted, 0)) as
    intercepted, -1 * (coalesce(suppressed, 0)) as suppressed, -1 * (suppressed is not null) as suppressed_claims, -1
    * (iif(suppressed is null, 0, coalesce(launched, 0))) as suppressed_launched, -1 * (coalesce(left_airspace, 0)) as
    left_airspace, -1 * (left_airspace is not null) as left_airspace_claims, -1 * (iif(left_airspace is null, 0,
    coalesce(launched, 0))) as left_airspace_launched, -1 * (coalesce(still_airborne, 0)) as still_airborne, -1 *
    (still_airborne is not null) as still_airborne_claims, -1 * (iif(still_airborne is null, 0, coalesce(launched,
    0))) as still_airborne_launched, -1 * (strike_uav_min is not null) as strike_uav_min_claims, -1 *
    (iif(strike_uav_min is null, 0, coalesce(launched, 0))) as strike_uav_min_launched, -1 * (coalesce(hit_locations,
    0)) as hit_locations, -1 * (hit_locations is not null) as hit_locations_claims, -1 * (iif(hit_locations is null,
    0, coalesce(launched, 0))) as hit_locations_launched, -1 * (coalesce(debris_locations, 0)) as debris_locations, -1
    * (debris_locations is not null) as debris_locations_claims, -1 * (iif(debris_locations is null, 0,
    coalesce(launched, 0))) as debris_locations_launched from claims where to_version is not null) group by version,
    attacker, defender, night, source, munition, scope, basis, alternative, repetition, assertion, launched_known,
    intercepted_known, flags)
    window history as (partition by attacker, defender, night, source, munition, scope, basis, alternative,
    repetition, assertion, launched_known, intercepted_known, flags order by version)
) where claims > 0;
