-- The ties of a casefile are a few of its facts: they are found without reading the others.
CREATE INDEX fact_ties ON fact (presence_id, id) WHERE other_presence_id IS NOT NULL;
