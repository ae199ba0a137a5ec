-- Of a casefile that a hold keeps past its day nobody but who reads it there opens an intervention (decision 0021):
-- what stood open of those that were hidden before is closed, with its tasks, its news and its papers in the search.
-- When the casefile is gone, what still has to be looked at is asked anew. 35: OBJECT_INTERVENTION; 13: attachments.
DELETE FROM intervention_audience WHERE id IN (SELECT q.id FROM intervention q JOIN casefile c ON c.id = q.casefile_id WHERE c.shielded = 1);
DELETE FROM news WHERE object_kind = 35 AND object_id IN (SELECT q.id FROM intervention q JOIN casefile c ON c.id = q.casefile_id WHERE c.shielded = 1);
UPDATE task SET done_at = created_at + 1 WHERE done_at = 0 AND object_kind = 35 AND object_id IN (SELECT q.id FROM intervention q JOIN casefile c ON c.id = q.casefile_id WHERE c.shielded = 1);
UPDATE intervention SET effect_told = 0 WHERE casefile_id IN (SELECT c.id FROM casefile c WHERE c.shielded = 1);
UPDATE effect_assessment SET rechecked_at = 0 WHERE rechecked_at = -1 AND intervention_id IN (SELECT q.id FROM intervention q JOIN casefile c ON c.id = q.casefile_id WHERE c.shielded = 1);
INSERT INTO index_waiting (kind, object_id) SELECT 13, a.id FROM intervention q JOIN casefile c ON c.id = q.casefile_id JOIN attachment a ON a.owner_kind = 35 AND a.owner_id = q.id WHERE c.shielded = 1 ON CONFLICT (kind, object_id) DO UPDATE SET due_at = 0;
