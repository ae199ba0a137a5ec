-- Most facts are of no second subject. An index that holds them too made "no second subject" look like
-- the rarest thing to search by, and so every casefile page read every fact there is.
DROP INDEX fact_by_other;
CREATE INDEX fact_by_other ON fact (other_presence_id, id) WHERE other_presence_id IS NOT NULL;

-- How old the requests of a participant are is told from the index alone.
CREATE INDEX information_request_ageing ON information_request
  (participant_id, phase, state, late, due_day, answered_at, issued_at);
