-- What a measure of the ledger belongs to, where its owner said so: plain numbers, like an intervention's casefile_id.
-- intervention_id never without casefile_id; both NULL again, and what it was about forgotten, once the casefile is gone.
ALTER TABLE seizure ADD COLUMN casefile_id bigint;
ALTER TABLE seizure ADD COLUMN intervention_id bigint;
CREATE INDEX seizure_by_casefile ON seizure (casefile_id, id);
CREATE INDEX seizure_by_intervention ON seizure (intervention_id, id);
