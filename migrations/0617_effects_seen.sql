-- Which moments of an intervention's effect were assessed, as bits of effect_told: 2 after three months, 4 after six, 16
-- after twelve. 22: all; of those nothing is owed any more. The monitor counts what is in one index.
ALTER TABLE intervention ADD COLUMN effects_seen bigint NOT NULL DEFAULT 0;
UPDATE intervention SET effects_seen = (SELECT coalesce(sum(CASE e.months WHEN 3 THEN 2 WHEN 6 THEN 4 ELSE 16 END), 0) FROM effect_assessment e WHERE e.intervention_id = intervention.id) WHERE executed_day > 0;
CREATE INDEX intervention_effects_owed ON intervention
  (executed_day, state, effects_seen, theme, municipality_id, weight, organ_id, casefile_id, project_id)
  WHERE executed_day > 0 AND effects_seen <> 22;
