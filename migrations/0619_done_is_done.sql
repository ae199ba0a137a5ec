-- "Deelnemers bevragen" is done with the first question that is out, no longer with the beginning of the analysis.
UPDATE task SET done_at = (SELECT min(q.issued_at) FROM information_request q
    WHERE q.casefile_id = task.object_id AND q.issued_at > 0 AND q.phase < 3)
  WHERE kind = 45 AND done_at = 0 AND EXISTS (SELECT 1 FROM information_request q
    WHERE q.casefile_id = task.object_id AND q.issued_at > 0 AND q.phase < 3);
-- A task that a colleague gave in a casefile in which nobody works any more waits for nobody.
UPDATE task SET done_at = created_at WHERE kind = 43 AND done_at = 0
  AND casefile_id IN (SELECT c.id FROM casefile c WHERE c.state > 8);
