-- Who signed for the Stuurploeg was told to wait for interventions that he may not read. role 15: member of the
-- Stuurploeg; kind 81: assign an intervention.
UPDATE task SET created_by = 0 WHERE kind = 81 AND done_at = 0 AND created_by IN (SELECT a.id FROM appointment a WHERE a.role = 15);
