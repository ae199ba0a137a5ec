-- What waits for somebody, and what is new to him, leaves out the casefiles he is kept from: each
-- task and each piece of news knows the casefile it belongs to (0: none).
CREATE INDEX casefile_block_by_person ON casefile_block (person_id, lifted_at, casefile_id);

ALTER TABLE task ADD COLUMN casefile_id bigint NOT NULL DEFAULT 0;
UPDATE task SET casefile_id = coalesce(CASE object_kind
  WHEN 17 THEN object_id
  WHEN 11 THEN (SELECT x.casefile_id FROM presence x WHERE x.id = object_id)
  WHEN 12 THEN (SELECT x.casefile_id FROM fact_correction x WHERE x.id = object_id)
  WHEN 19 THEN (SELECT x.casefile_id FROM casefile_task x WHERE x.id = object_id)
  WHEN 25 THEN (SELECT x.casefile_id FROM information_request x WHERE x.id = object_id)
  WHEN 26 THEN (SELECT x.casefile_id FROM analysis x WHERE x.id = object_id)
  WHEN 27 THEN (SELECT y.casefile_id FROM analysis_paragraph x JOIN analysis y ON y.id = x.analysis_id WHERE x.id = object_id)
  WHEN 35 THEN (SELECT x.casefile_id FROM intervention x WHERE x.id = object_id)
  WHEN 41 THEN (SELECT x.casefile_id FROM advice x WHERE x.id = object_id)
  WHEN 42 THEN (SELECT y.casefile_id FROM advice_proposal x JOIN advice y ON y.id = x.advice_id WHERE x.id = object_id)
  WHEN 43 THEN (SELECT y.casefile_id FROM advice_source x JOIN advice y ON y.id = x.advice_id WHERE x.id = object_id)
  WHEN 50 THEN (SELECT x.casefile_id FROM steering_point x WHERE x.id = object_id)
  WHEN 52 THEN (SELECT x.casefile_id FROM steering_action x WHERE x.id = object_id)
  ELSE 0 END, 0);

ALTER TABLE news ADD COLUMN casefile_id bigint NOT NULL DEFAULT 0;
UPDATE news SET casefile_id = coalesce(CASE object_kind
  WHEN 17 THEN object_id
  WHEN 11 THEN (SELECT x.casefile_id FROM presence x WHERE x.id = object_id)
  WHEN 25 THEN (SELECT x.casefile_id FROM information_request x WHERE x.id = object_id)
  WHEN 26 THEN (SELECT x.casefile_id FROM analysis x WHERE x.id = object_id)
  WHEN 35 THEN (SELECT x.casefile_id FROM intervention x WHERE x.id = object_id)
  WHEN 41 THEN (SELECT x.casefile_id FROM advice x WHERE x.id = object_id)
  ELSE 0 END, 0);
