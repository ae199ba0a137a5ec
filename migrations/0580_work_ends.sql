-- A casefile that is put away or destroyed takes its tasks and its news along; so does a signal that nobody may open.
CREATE INDEX task_of_casefile ON task (casefile_id, done_at, id);
CREATE INDEX news_of_casefile ON news (casefile_id, id);
CREATE INDEX news_by_object ON news (object_kind, object_id, id);
-- 18 its destruction, 24 a hold, 35 an intervention, 52 an action of the Stuurploeg: they outlive it.
DELETE FROM news WHERE object_kind NOT IN (18, 24, 35, 52) AND casefile_id IN (SELECT c.id FROM casefile c WHERE c.state IN (11, 12));
UPDATE task SET done_at = created_at + 1 WHERE done_at = 0 AND object_kind NOT IN (18, 24, 35, 52) AND casefile_id IN (SELECT c.id FROM casefile c WHERE c.state IN (11, 12));
DELETE FROM news WHERE object_kind = 10 AND object_id IN (SELECT s.id FROM signal s WHERE s.state = 12);
-- 10: told to the desk of an organ, which doesn't see what was not adopted or was withdrawn.
DELETE FROM news WHERE object_kind = 10 AND audience_id / 281474976710656 = 10 AND object_id IN (SELECT s.id FROM signal s WHERE s.state IN (10, 11));
