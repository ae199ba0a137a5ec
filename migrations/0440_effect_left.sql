-- What an intervention leaves behind when its casefile is destroyed while its effect still has to be seen
-- (decisions 4.4): its own row with casefile_id 0, without words, amounts, reports or executors, until the last moment.
-- Against what the effect is seen then: the intended effect and its indicator, copied here when the result was confirmed
-- and only if the check of what outlives a casefile found nobody in them; '': it named somebody, or was never written.
CREATE TABLE effect_yardstick (
  intervention_id bigint PRIMARY KEY REFERENCES intervention (id),
  intended text NOT NULL,
  indicator text NOT NULL
);
-- The project of the casefile that is gone; NULL while the casefile itself tells it.
ALTER TABLE intervention ADD COLUMN project_id bigint;
