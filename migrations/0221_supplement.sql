-- A signal that brings somebody new into a casefile that is there (decisions 1.4, 3.10).
ALTER TABLE signal ADD COLUMN supplements_id bigint REFERENCES casefile (id);
CREATE INDEX signal_by_supplemented ON signal (supplements_id, id);
