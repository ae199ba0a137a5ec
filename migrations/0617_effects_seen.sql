-- Which moments of an intervention's effect were assessed, as bits of effect_told: 2 after three months, 4 after six, 16
-- after twelve. 22: all; of those nothing is owed any more. The monitor counts what is in one index.
ALTER TABLE intervention ADD COLUMN effects_seen bigint NOT NULL DEFAULT 0;
UPDATE intervention SET effects_seen = (SELECT coalesce(sum(CASE e.months WHEN 3 THEN 2 WHEN 6 THEN 4 ELSE 16 END), 0) FROM effect_assessment e WHERE e.intervention_id = intervention.id) WHERE executed_day > 0;
-- Of a theme or a participant hours and amounts are counted from the rows that have some, in their index alone.
DROP INDEX intervention_statistic_hours;
DROP INDEX intervention_statistic_amounts;
CREATE INDEX intervention_statistic_hours ON intervention_statistic
  (quarter, theme, municipality_id, letter, weight, project_id, hours_pledged, hours_delivered)
  WHERE hours_pledged <> 0 OR hours_delivered <> 0;
CREATE INDEX intervention_statistic_amounts ON intervention_statistic
  (quarter, kind, theme, municipality_id, letter, weight, project_id, calculated, claimed, imposed, seized, collected, set_off, prevented)
  WHERE calculated <> 0 OR claimed <> 0 OR imposed <> 0 OR seized <> 0 OR collected <> 0 OR set_off <> 0 OR prevented <> 0;
CREATE INDEX intervention_effects_owed ON intervention
  (executed_day, state, effects_seen, theme, municipality_id, weight, organ_id, casefile_id, project_id)
  WHERE executed_day > 0 AND effects_seen <> 22;
