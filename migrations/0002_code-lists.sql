-- Dataset version 1: the code lists that every database starts with. Regions: ISO 3166-2:UA. Eras: docs/methods.md.
INSERT INTO regions (code, name, country, aliases) VALUES
('UA-05', 'Vinnytsia oblast', 'UKR', '["Vinnytsia"]'),
('UA-07', 'Volyn oblast', 'UKR', '["Lutsk"]'),
('UA-09', 'Luhansk oblast', 'UKR', '["Luhansk"]'),
('UA-12', 'Dnipropetrovsk oblast', 'UKR', '["Dnipro"]'),
('UA-14', 'Donetsk oblast', 'UKR', '["Donetsk"]'),
('UA-18', 'Zhytomyr oblast', 'UKR', '["Zhytomyr"]'),
('UA-21', 'Zakarpattia oblast', 'UKR', '["Uzhhorod"]'),
('UA-23', 'Zaporizhzhia oblast', 'UKR', '["Zaporizhzhia"]'),
('UA-26', 'Ivano-Frankivsk oblast', 'UKR', '["Ivano-Frankivsk"]'),
('UA-30', 'Kyiv (city)', 'UKR', '["Kyiv","Kyiv city"]'),
('UA-32', 'Kyiv oblast', 'UKR', '[]'),
('UA-35', 'Kirovohrad oblast', 'UKR', '["Kropyvnytskyi"]'),
('UA-40', 'Sevastopol (city)', 'UKR', '["Sevastopol"]'),
('UA-43', 'Autonomous Republic of Crimea', 'UKR', '["Crimea"]'),
('UA-46', 'Lviv oblast', 'UKR', '["Lviv"]'),
('UA-48', 'Mykolaiv oblast', 'UKR', '["Mykolaiv"]'),
('UA-51', 'Odesa oblast', 'UKR', '["Odesa"]'),
('UA-53', 'Poltava oblast', 'UKR', '["Poltava"]'),
('UA-56', 'Rivne oblast', 'UKR', '["Rivne"]'),
('UA-59', 'Sumy oblast', 'UKR', '["Sumy"]'),
('UA-61', 'Ternopil oblast', 'UKR', '["Ternopil"]'),
('UA-63', 'Kharkiv oblast', 'UKR', '["Kharkiv"]'),
('UA-65', 'Kherson oblast', 'UKR', '["Kherson"]'),
('UA-68', 'Khmelnytskyi oblast', 'UKR', '["Khmelnytskyi"]'),
('UA-71', 'Cherkasy oblast', 'UKR', '["Cherkasy"]'),
('UA-74', 'Chernihiv oblast', 'UKR', '["Chernihiv"]'),
('UA-77', 'Chernivtsi oblast', 'UKR', '["Chernivtsi"]');
--> statement-breakpoint
INSERT INTO sources (slug, revision, from_version, recorded_at, name, party, kind) VALUES
('ua-air-force', 1, 1, '2026-11-22T00:00:00.000Z', 'Air Force of the Armed Forces of Ukraine', 'UKR', 'official'),
('ua-commander-in-chief', 1, 1, '2026-11-22T00:00:00.000Z', 'Commander-in-Chief of the Armed Forces of Ukraine', 'UKR', 'official'),
('ua-general-staff', 1, 1, '2026-11-22T00:00:00.000Z', 'General Staff of the Armed Forces of Ukraine', 'UKR', 'official'),
('ua-defence-intelligence', 1, 1, '2026-11-22T00:00:00.000Z', 'Chief of the Defence Intelligence of Ukraine', 'UKR', 'official'),
('ua-air-command-south', 1, 1, '2026-11-22T00:00:00.000Z', 'Air Command South, Ukraine', 'UKR', 'official'),
('ua-air-command-east', 1, 1, '2026-11-22T00:00:00.000Z', 'Air Command East, Ukraine', 'UKR', 'official'),
('ua-air-command-centre', 1, 1, '2026-11-22T00:00:00.000Z', 'Air Command Centre, Ukraine', 'UKR', 'official'),
('ua-air-command-west', 1, 1, '2026-11-22T00:00:00.000Z', 'Air Command West, Ukraine', 'UKR', 'official'),
('verkhovna-rada', 1, 1, '2026-11-22T00:00:00.000Z', 'Verkhovna Rada (parliament of Ukraine)', 'UKR', 'official'),
('ru-mod', 1, 1, '2026-11-22T00:00:00.000Z', 'Ministry of Defence of the Russian Federation', 'RUS', 'official'),
('al-jazeera', 1, 1, '2026-11-22T00:00:00.000Z', 'Al Jazeera', NULL, 'media');
--> statement-breakpoint
INSERT INTO munitions (slug, revision, from_version, recorded_at, name, category, aliases, components) VALUES
('shahed-136-131', 1, 1, '2026-11-22T00:00:00.000Z', 'Shahed-136/131', 'uav', '["shahed","shahed-136","shahed-131","geran","geran-1","geran-2","герань-2"]', '[]'),
('lancet', 1, 1, '2026-11-22T00:00:00.000Z', 'Lancet', 'uav', '[]', '[]'),
('orlan-10', 1, 1, '2026-11-22T00:00:00.000Z', 'Orlan-10', 'uav', '[]', '[]'),
('supercam', 1, 1, '2026-11-22T00:00:00.000Z', 'Supercam', 'uav', '[]', '[]'),
('zala', 1, 1, '2026-11-22T00:00:00.000Z', 'ZALA', 'uav', '[]', '[]'),
('reconnaissance-uav', 1, 1, '2026-11-22T00:00:00.000Z', 'Reconnaissance UAV', 'uav', '[]', '[]'),
('unknown-uav', 1, 1, '2026-11-22T00:00:00.000Z', 'Unknown UAV', 'uav', '[]', '[]'),
('x-101-x-555', 1, 1, '2026-11-22T00:00:00.000Z', 'X-101/X-555', 'cruise_missile', '["kh-101","x-101","х-101","kh-555","x-555","х-555","kh-101-kh-555","х-101-х-555"]', '[]'),
('kalibr', 1, 1, '2026-11-22T00:00:00.000Z', 'Kalibr', 'cruise_missile', '["3m-14","3m14","калибр","калібр"]', '[]'),
('iskander-k', 1, 1, '2026-11-22T00:00:00.000Z', 'Iskander-K', 'cruise_missile', '["іскандер-к","искандер-к"]', '[]'),
('p-800-oniks', 1, 1, '2026-11-22T00:00:00.000Z', 'P-800 Oniks', 'cruise_missile', '["oniks","onyx","p-800"]', '[]'),
('3m22-zircon', 1, 1, '2026-11-22T00:00:00.000Z', '3M22 Zircon', 'cruise_missile', '["zircon","tsirkon","3m22"]', '[]'),
('x-22', 1, 1, '2026-11-22T00:00:00.000Z', 'X-22', 'cruise_missile', '["kh-22","х-22"]', '[]'),
('x-32', 1, 1, '2026-11-22T00:00:00.000Z', 'X-32', 'cruise_missile', '["kh-32","х-32"]', '[]'),
('x-31p', 1, 1, '2026-11-22T00:00:00.000Z', 'X-31P', 'cruise_missile', '["kh-31p","х-31п"]', '[]'),
('x-35', 1, 1, '2026-11-22T00:00:00.000Z', 'X-35', 'cruise_missile', '["kh-35","х-35"]', '[]'),
('x-59', 1, 1, '2026-11-22T00:00:00.000Z', 'X-59', 'cruise_missile', '["kh-59","х-59"]', '[]'),
('x-69', 1, 1, '2026-11-22T00:00:00.000Z', 'X-69', 'cruise_missile', '["kh-69","х-69"]', '[]'),
('iskander-m', 1, 1, '2026-11-22T00:00:00.000Z', 'Iskander-M', 'ballistic_missile', '["9m723","іскандер-м","искандер-м"]', '[]'),
('kn-23', 1, 1, '2026-11-22T00:00:00.000Z', 'KN-23', 'ballistic_missile', '["hwasong-11ga"]', '[]'),
('x-47-kinzhal', 1, 1, '2026-11-22T00:00:00.000Z', 'X-47 Kinzhal', 'ballistic_missile', '["kinzhal","kh-47m2","kh-47m2-kinzhal","х-47м2"]', '[]'),
('c-300', 1, 1, '2026-11-22T00:00:00.000Z', 'C-300', 'surface_to_air_missile', '["s-300","с-300"]', '[]'),
('c-400', 1, 1, '2026-11-22T00:00:00.000Z', 'C-400', 'surface_to_air_missile', '["s-400","с-400"]', '[]');
--> statement-breakpoint
INSERT INTO reporting_eras (id, revision, from_version, recorded_at, party, source, code, from_night, to_night, meaning, breaks, intercepted_includes_suppressed_for) VALUES
('ukr-a', 1, 1, '2026-11-22T00:00:00.000Z', 'UKR', NULL, 'A', NULL, '2024-07-09', 'Suppressed munitions are never reported: what did not arrive and was not shot down is missing from the reports.', '[]', '[]'),
('ukr-b', 1, 1, '2026-11-22T00:00:00.000Z', 'UKR', NULL, 'B', '2024-07-10', '2025-07-23', 'Shot down and suppressed (lost in location, electronic warfare) are reported separately; sparse before October 2024.', '["interception","neutralisation","non_penetration"]', '[]'),
('ukr-c', 1, 1, '2026-11-22T00:00:00.000Z', 'UKR', NULL, 'C', '2025-07-24', NULL, 'The figure for shot down means shot down or suppressed; suppressed is no longer reported separately.', '["interception"]', '["shahed-136-131"]');
--> statement-breakpoint
INSERT INTO changes (version, seq, at, actor, op, entity, id, revision, fields, reason)
SELECT 1, row_number() OVER (ORDER BY entity, id) - 1, '2026-11-22T00:00:00.000Z', 'migration', 'created', entity, id, 1, '[]', 'Code lists that come with the service.'
FROM (
  SELECT 'source' AS entity, slug AS id FROM sources
  UNION ALL SELECT 'munition', slug FROM munitions
  UNION ALL SELECT 'reporting_era', id FROM reporting_eras
);
